import { useRef, useState, type ReactNode } from 'react';
import { api, once, unwrap } from '../../core/api/client';
import { ApiError } from '../../core/api/problem';
import type { DiskTargets, Vm } from '../../core/api/types';
import { FormModal } from '../../core/form/FormModal';
import { NumberField } from '../../core/form/fields';
import { QueryState } from '../../core/layout/QueryState';
import { limitErrors, NO_LIMITS } from '../migrate/limits';
import { DiskChoice } from './DiskChoice';
import { canLeave, moveRequest, poolRows } from './moves';
import { PoolChoice } from './PoolChoice';
import { useDiskTargets } from './useDiskTargets';

interface Props {
  vm: Vm;
  title: string;
  submitLabel: string;
  /** The volume of the only disk that is asked about; absent: of all disks some are chosen. */
  only?: string;
  /** Shown above all. */
  head?: ReactNode;
  onClose: () => void;
}

/** Asks which disks are to be moved, and to which pool. */
export function MoveDisksModal({ vm, title, submitLabel, only, head, onClose }: Props) {
  const query = useDiskTargets(vm);
  const [picked, setPicked] = useState<readonly string[]>();
  const [poolId, setPoolId] = useState('');
  const [bandwidth, setBandwidth] = useState(NaN);
  const key = useRef<string>(crypto.randomUUID());
  const runs = vm.powerState === 'RUNNING' || vm.powerState === 'PAUSED';
  const disks = (query.data?.items ?? []).filter(({ volumeId }) => only === undefined || volumeId === only);
  const chosen = disks.filter(
    (disk): disk is DiskTargets => canLeave(disk) && (picked === undefined || picked.includes(disk.volumeId)),
  );
  const pool = poolRows(chosen).find(({ id, reason }) => id === poolId && reason === undefined);
  const speedError = limitErrors({ ...NO_LIMITS, bandwidth }).bandwidthMibPerSecond;
  // What is asked for after a change is another request.
  const edited = <T,>(set: (value: T) => void) => {
    return (value: T): void => {
      key.current = crypto.randomUUID();
      set(value);
    };
  };
  const submit = async (): Promise<void> => {
    const params = { path: { vmId: vm.id }, header: once(key.current) };
    const ids = chosen.map(({ volumeId }) => volumeId);
    try {
      await unwrap(api.POST('/vms/{vmId}/move-disks', { params, body: moveRequest(ids, poolId, bandwidth) }));
    } catch (error) {
      // Without an answer it may have begun: only the same key finds that out.
      if (error instanceof ApiError && error.answered) {
        key.current = crypto.randomUUID();
        void query.refetch();
      }
      throw error;
    }
  };
  return (
    <FormModal
      title={title}
      submitLabel={submitLabel}
      ready={chosen.length > 0 && pool !== undefined && speedError === undefined && !vm.activeTaskId}
      fields={['disks', 'bandwidthMibPerSecond']}
      onSubmit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          {head}
          <p className="lqx-break">
            {runs
              ? `${vm.name} goes on running while its disks are copied, and then goes on in their new place.`
              : `${vm.name} is off; it can be started when its disks are in their new place.`}
          </p>
          <QueryState query={query} what="pools" compact>
            {() => (
              <>
                <DiskChoice
                  disks={disks}
                  chosen={chosen.map(({ volumeId }) => volumeId)}
                  onChoose={edited(setPicked)}
                />
                <PoolChoice disks={chosen} chosen={poolId} error={errorOf('disks')} onChoose={edited(setPoolId)} />
                {runs && (
                  <NumberField
                    id="move-bandwidth"
                    label="Bandwidth (MiB/s)"
                    min={1}
                    max={100_000}
                    step={10}
                    value={bandwidth}
                    error={speedError ?? errorOf('bandwidthMibPerSecond')}
                    hint="At most. Empty: no limit."
                    onChange={edited(setBandwidth)}
                  />
                )}
              </>
            )}
          </QueryState>
        </>
      )}
    </FormModal>
  );
}
