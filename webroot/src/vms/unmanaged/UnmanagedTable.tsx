import type { UnmanagedVm } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { DataTable, type Column, type Selection } from '../../core/layout/DataTable';
import { StateLabel } from '../../core/layout/StateLabel';
import { Truncated } from '../../core/layout/Truncated';
import { POWER } from '../vmState';
import { AdoptCell } from './AdoptCell';
import { keyOf } from './domains';
import { ObstaclesCell } from './ObstaclesCell';
import { Words } from './Words';

type Disk = UnmanagedVm['disks'][number];
type Nic = UnmanagedVm['nics'][number];

function diskInWords({ target, kind, source, format, sizeBytes }: Disk): string {
  if (source === undefined) return `${target}: no medium`;
  const facts = [
    format,
    sizeBytes === undefined ? undefined : formatBytes(sizeBytes),
    kind === 'file' ? undefined : kind,
  ];
  return `${target}: ${source} (${facts.filter((fact) => fact !== undefined).join(', ')})`;
}

const nicInWords = ({ mac, kind, source }: Nic): string =>
  `${mac === '' ? 'no address' : mac}, ${kind}${source === undefined ? '' : ` ${source}`}`;

const COLUMNS: readonly Column<UnmanagedVm>[] = [
  { label: 'Name', cell: (vm) => <Truncated text={vm.name} />, sortBy: (vm) => vm.name, width: 10 },
  {
    label: 'State',
    cell: (vm) => <StateLabel {...POWER[vm.state]} />,
    sortBy: (vm) => POWER[vm.state].text,
    width: 15,
  },
  {
    label: 'Host',
    cell: (vm) => <Truncated text={vm.hostName} to={`/hosts/${vm.hostId}`} />,
    sortBy: (vm) => vm.hostName,
    width: 10,
  },
  {
    label: 'Size',
    cell: (vm) => `${vm.vcpus} vCPUs, ${formatBytes(vm.memoryBytes)}, ${vm.firmware.toUpperCase()}`,
    sortBy: (vm) => vm.memoryBytes,
    width: 10,
  },
  {
    label: 'Disks and cards',
    cell: (vm) => (
      <Words
        label={`Disks and cards of ${vm.name}`}
        words={[...vm.disks.map(diskInWords), ...vm.nics.map(nicInWords)]}
        nothing="none"
      />
    ),
    width: 20,
  },
  {
    label: 'Obstacles',
    cell: (vm) => <ObstaclesCell vm={vm} />,
    sortBy: (vm) => vm.reasons.length,
    width: 20,
  },
  { label: 'Adopt', cell: (vm) => <AdoptCell vm={vm} />, width: 15 },
];

interface Props {
  rows: readonly UnmanagedVm[];
  selection: Selection<UnmanagedVm>;
}

export function UnmanagedTable({ rows, selection }: Props) {
  return (
    <DataTable
      label="Unmanaged virtual machines"
      rows={rows}
      columns={COLUMNS}
      rowKey={keyOf}
      selection={selection}
      nothing="libvirt has no virtual machines that LimiQuantix does not manage"
    />
  );
}
