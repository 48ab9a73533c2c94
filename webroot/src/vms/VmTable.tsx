import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Vm } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { DataTable, type Column, type Selection } from '../core/layout/DataTable';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { vmActions } from './actions';
import { vmState } from './vmState';
import { addressesOf, vmPath } from './vms';
import { VmPlace } from './VmPlace';

const columns = (onFind: (wish: string) => void): readonly Column<Vm>[] => [
  { label: 'Name', cell: (vm) => <Truncated text={vm.name} to={vmPath(vm.id)} />, sortBy: (vm) => vm.name, width: 20 },
  {
    label: 'State',
    cell: (vm) => <StateLabel {...vmState(vm)} title={vm.problem ?? vm.stateReason} />,
    sortBy: (vm) => vmState(vm).text,
    width: 15,
  },
  { label: 'Address', cell: (vm) => <Truncated text={addressesOf(vm)[0] ?? '–'} />, width: 15 },
  {
    label: 'Folder and labels',
    cell: (vm) => <VmPlace vm={vm} onFind={onFind} />,
    sortBy: (vm) => vm.folder ?? '',
    width: 15,
  },
  { label: 'vCPUs', cell: (vm) => vm.vcpus, sortBy: (vm) => vm.vcpus, width: 10 },
  { label: 'Memory', cell: (vm) => formatBytes(vm.memoryBytes), sortBy: (vm) => vm.memoryBytes, width: 10 },
  {
    label: 'Host',
    cell: (vm) => <Truncated text={vm.hostName ?? '–'} {...(vm.hostId ? { to: `/hosts/${vm.hostId}` } : {})} />,
    sortBy: (vm) => vm.hostName ?? '',
    width: 15,
  },
  {
    label: 'Actions',
    hidden: true,
    cell: (vm) => <ActionsMenu target={vm} name={vm.name} actions={vmActions} />,
  },
];

// Sorting the rows at hand would be a lie where they are a part of the list only.
const unsorted = (all: readonly Column<Vm>[]): readonly Column<Vm>[] =>
  all.map(({ label, cell, width, hidden }) => ({
    label,
    cell,
    ...(width ? { width } : {}),
    ...(hidden ? { hidden } : {}),
  }));

interface Props {
  rows: readonly Vm[];
  /** These are all there are, so that they can be sorted here. */
  whole: boolean;
  /** Called with what is to be searched for. */
  onFind: (wish: string) => void;
  selection: Selection<Vm>;
}

export function VmTable({ rows, whole, onFind, selection }: Props) {
  const all = columns(onFind);
  return (
    <DataTable
      key={String(whole)}
      label="Virtual machines"
      rows={rows}
      columns={whole ? all : unsorted(all)}
      rowKey={(vm) => vm.id}
      unsorted={!whole}
      selection={selection}
    />
  );
}
