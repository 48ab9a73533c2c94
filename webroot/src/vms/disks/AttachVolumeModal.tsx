import { Button } from '@patternfly/react-core';
import { useState } from 'react';
import type { ActionDialogProps } from '../../core/actions/action';
import type { Pool, Vm } from '../../core/api/types';
import { ChoiceTable, type ChoiceRow } from '../../core/form/ChoiceTable';
import { FormModal } from '../../core/form/FormModal';
import { formatBytes } from '../../core/format/bytes';
import type { Column } from '../../core/layout/DataTable';
import { QueryState } from '../../core/layout/QueryState';
import { Truncated } from '../../core/layout/Truncated';
import { whyNotTo } from '../../storage/volumes/attach/attachable';
import { CreateVolumeModal } from '../../storage/volumes/CreateVolumeModal';
import { useVolumeRows } from '../../storage/volumes/useVolumeRows';
import type { VolumeRow } from '../../storage/volumes/volumeState';
import { attachVolume } from './diskRequests';
import { ReadOnlyField } from './ReadOnlyField';

const COLUMNS: readonly Column<ChoiceRow<VolumeRow>>[] = [
  { label: 'Size', cell: ({ thing }) => formatBytes(thing.volume.sizeBytes), width: 15 },
  { label: 'Pool', cell: ({ thing }) => <Truncated text={thing.pool?.name ?? '–'} />, width: 25 },
];

const usableFor = (vm: Vm, pools: readonly Pool[]): readonly Pool[] =>
  pools.filter((pool) => pool.hosts.some((host) => host.hostId === vm.hostId && host.usable));

/** Gives a VM one of the volumes, or first makes one. */
export function AttachVolumeModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  const { volumes, pools, rows } = useVolumeRows();
  const [volumeId, setVolumeId] = useState('');
  const [readOnly, setReadOnly] = useState(false);
  const [creating, setCreating] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const choices = rows.map((row) => ({
    id: row.volume.id,
    name: row.volume.name,
    thing: row,
    reason: whyNotTo(vm, row),
  }));
  const chosen = choices.find((choice) => choice.id === volumeId && choice.reason === undefined);
  const poolsHere = usableFor(vm, pools.data ?? []);

  const submit = async (): Promise<void> => {
    await attachVolume(vm.id, { volumeId, readOnly }, key);
  };
  return (
    <>
      <FormModal
        title={`Attach a volume to ${vm.name}`}
        submitLabel="Attach"
        ready={chosen !== undefined}
        fields={[]}
        onSubmit={submit}
        onClose={onClose}
      >
        {() => (
          <>
            <QueryState query={pools.data ? volumes : pools} what="volumes" compact>
              {() => (
                <ChoiceTable
                  label="Volumes"
                  heading="Volume"
                  searchLabel="Find by name"
                  rows={choices}
                  columns={COLUMNS}
                  nothing="No volumes yet"
                  chosen={volumeId}
                  onChoose={setVolumeId}
                />
              )}
            </QueryState>
            {poolsHere.length > 0 && (
              <div>
                <Button variant="link" isInline onClick={() => setCreating(true)}>
                  Create a volume for it
                </Button>
              </div>
            )}
            <ReadOnlyField value={readOnly} onChange={setReadOnly} />
          </>
        )}
      </FormModal>
      {creating && (
        <CreateVolumeModal
          pools={poolsHere}
          {...(vm.hostId === undefined ? {} : { onHost: vm.hostId })}
          onClose={() => setCreating(false)}
        />
      )}
    </>
  );
}
