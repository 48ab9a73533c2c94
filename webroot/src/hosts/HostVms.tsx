import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Vm } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { DataTable, type Column } from '../core/layout/DataTable';
import { QueryState } from '../core/layout/QueryState';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { useList } from '../core/live/collection';
import { vmActions } from '../vms/actions';
import { autostartInWords } from '../vms/autostart';
import { vmState } from '../vms/vmState';
import { vmPath, vms } from '../vms/vms';

const COLUMNS: readonly Column<Vm>[] = [
  { label: 'Name', cell: (vm) => <Truncated text={vm.name} to={vmPath(vm.id)} />, sortBy: (vm) => vm.name, width: 40 },
  { label: 'State', cell: (vm) => <StateLabel {...vmState(vm)} />, sortBy: (vm) => vmState(vm).text },
  { label: 'vCPUs', cell: (vm) => vm.vcpus, sortBy: (vm) => vm.vcpus },
  { label: 'Memory', cell: (vm) => formatBytes(vm.memoryBytes), sortBy: (vm) => vm.memoryBytes },
  {
    label: 'Starts with the host',
    cell: (vm) => autostartInWords(vm.autostart),
    sortBy: (vm) => (vm.autostart ? `${String(vm.autostart.order).padStart(4, '0')} ${vm.name}` : 'z'),
  },
  {
    label: 'Actions',
    hidden: true,
    cell: (vm) => <ActionsMenu target={vm} name={vm.name} actions={vmActions} />,
  },
];

export function HostVms({ hostId }: { hostId: string }) {
  return (
    <QueryState query={useList(vms)} what="virtual machines">
      {(all) => (
        <DataTable
          label="Virtual machines on this host"
          rows={all.filter((vm) => vm.hostId === hostId)}
          columns={COLUMNS}
          rowKey={(vm) => vm.id}
          nothing="No virtual machines on this host"
        />
      )}
    </QueryState>
  );
}
