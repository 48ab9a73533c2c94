import { useState } from 'react';
import type { ActionDialogProps } from '../../../core/actions/action';
import type { Vm } from '../../../core/api/types';
import { ChoiceTable, type ChoiceRow } from '../../../core/form/ChoiceTable';
import { FormModal } from '../../../core/form/FormModal';
import type { Column } from '../../../core/layout/DataTable';
import { QueryState } from '../../../core/layout/QueryState';
import { StateLabel } from '../../../core/layout/StateLabel';
import { Truncated } from '../../../core/layout/Truncated';
import { useList } from '../../../core/live/collection';
import { attachVolume } from '../../../vms/disks/diskRequests';
import { canGain } from '../../../vms/disks/diskRules';
import { ReadOnlyField } from '../../../vms/disks/ReadOnlyField';
import { vms } from '../../../vms/vms';
import { vmState } from '../../../vms/vmState';
import type { VolumeRow } from '../volumeState';
import { whyNotTo } from './attachable';

const COLUMNS: readonly Column<ChoiceRow<Vm>>[] = [
  { label: 'State', cell: ({ thing }) => <StateLabel {...vmState(thing)} />, width: 20 },
  { label: 'Host', cell: ({ thing }) => <Truncated text={thing.hostName ?? '–'} />, width: 25 },
];

function whyNot(vm: Vm, row: VolumeRow): string | undefined {
  const state = canGain(vm);
  return whyNotTo(vm, row) ?? (state.available ? undefined : state.reason);
}

/** Gives the volume to one of the VMs. */
export function AttachToVmModal({ target: row, onClose }: ActionDialogProps<VolumeRow>) {
  const query = useList(vms);
  const [vmId, setVmId] = useState('');
  const [readOnly, setReadOnly] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const choices = (query.data ?? []).map((vm) => ({ id: vm.id, name: vm.name, thing: vm, reason: whyNot(vm, row) }));
  const chosen = choices.find((choice) => choice.id === vmId && choice.reason === undefined);

  const submit = async (): Promise<void> => {
    await attachVolume(vmId, { volumeId: row.volume.id, readOnly }, key);
  };
  return (
    <FormModal
      title={`Attach ${row.volume.name} to a VM`}
      submitLabel="Attach"
      ready={chosen !== undefined}
      fields={[]}
      onSubmit={submit}
      onClose={onClose}
    >
      {() => (
        <>
          <QueryState query={query} what="virtual machines" compact>
            {() => (
              <ChoiceTable
                label="Virtual machines"
                heading="VM"
                searchLabel="Find by name"
                rows={choices}
                columns={COLUMNS}
                nothing="No virtual machines yet"
                chosen={vmId}
                onChoose={setVmId}
              />
            )}
          </QueryState>
          <ReadOnlyField value={readOnly} onChange={setReadOnly} />
        </>
      )}
    </FormModal>
  );
}
