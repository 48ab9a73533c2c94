import { ActionsMenu } from '../../core/actions/ActionsMenu';
import type { Vm } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { formatTime } from '../../core/format/time';
import type { Column } from '../../core/layout/DataTable';
import { StateLabel } from '../../core/layout/StateLabel';
import { Truncated } from '../../core/layout/Truncated';
import { vmActions } from '../actions';
import { vmState } from '../vmState';
import { addressesOf, vmPath } from '../vms';
import { VmPlace } from '../VmPlace';

/** The columns that can be chosen, in their order; the name is always there. */
export const CHOICES = [
  'State',
  'Address',
  'Folder and labels',
  'vCPUs',
  'Memory',
  'Host',
  'Operating system',
  'Disks',
  'Networks',
  'Description',
  'Created',
] as const;
export type Choice = (typeof CHOICES)[number];

export const USUAL: readonly Choice[] = ['State', 'Address', 'Folder and labels', 'vCPUs', 'Memory', 'Host'];

const ownBytes = (vm: Vm): number => vm.disks.reduce((sum, disk) => sum + disk.sizeBytes, 0);
const text = (value: string | undefined) => <Truncated text={value === undefined || value === '' ? '–' : value} />;

const NAME: Column<Vm> = {
  label: 'Name',
  cell: (vm) => <Truncated text={vm.name} to={vmPath(vm.id)} />,
  sortKey: 'NAME',
};
const MENU: Column<Vm> = {
  label: 'Actions',
  hidden: true,
  cell: (vm) => <ActionsMenu target={vm} name={vm.name} actions={vmActions} />,
};

function column(choice: Choice, onFind: (wish: string) => void): Omit<Column<Vm>, 'label'> {
  switch (choice) {
    case 'State':
      return { cell: (vm) => <StateLabel {...vmState(vm)} title={vm.problem ?? vm.stateReason} />, sortKey: 'STATE' };
    case 'Address':
      return { cell: (vm) => text(addressesOf(vm)[0]) };
    case 'Folder and labels':
      return { cell: (vm) => <VmPlace vm={vm} onFind={onFind} />, sortKey: 'FOLDER', wraps: true };
    case 'vCPUs':
      return { cell: (vm) => vm.vcpus, sortKey: 'VCPUS', width: 10 };
    case 'Memory':
      return { cell: (vm) => formatBytes(vm.memoryBytes), sortKey: 'MEMORY' };
    case 'Host':
      return {
        cell: (vm) => <Truncated text={vm.hostName ?? '–'} {...(vm.hostId ? { to: `/hosts/${vm.hostId}` } : {})} />,
        sortKey: 'HOST',
      };
    case 'Operating system':
      return { cell: (vm) => text(vm.guest?.operatingSystem), sortKey: 'SYSTEM' };
    case 'Disks':
      return { cell: (vm) => `${vm.disks.length}, ${formatBytes(ownBytes(vm))}` };
    case 'Networks':
      return { cell: (vm) => text([...new Set(vm.nics.map(({ network }) => network))].join(', ')) };
    case 'Description':
      return { cell: (vm) => text(vm.description) };
    case 'Created':
      return { cell: (vm) => formatTime(vm.createdAt), sortKey: 'CREATED' };
  }
}

/** Those that were chosen, with the name before and the menu behind them. */
export function columnsOf(chosen: readonly Choice[], onFind: (wish: string) => void): readonly Column<Vm>[] {
  const shown = CHOICES.filter((choice) => chosen.includes(choice));
  return [NAME, ...shown.map((choice) => ({ label: choice, ...column(choice, onFind) })), MENU];
}
