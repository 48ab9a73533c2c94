import { ActionButton } from '../../core/actions/ActionButton';
import { ActionsMenu } from '../../core/actions/ActionsMenu';
import type { Vm } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { Facts } from '../../core/layout/Facts';
import { Truncated } from '../../core/layout/Truncated';
import { networkPath } from '../../networks/networks';
import { addNic, editNic, removeNic, type NicRow } from './nicActions';

const limit = (bytes: number | undefined): string => (bytes === undefined ? '–' : `${formatBytes(bytes)}/s`);

const COLUMNS: readonly Column<NicRow>[] = [
  {
    label: 'Network',
    cell: ({ nic }) => <Truncated text={nic.network} {...(nic.networkId ? { to: networkPath(nic.networkId) } : {})} />,
    width: 20,
  },
  { label: 'MAC address', cell: ({ nic }) => <span className="lqx-mono">{nic.mac}</span>, width: 20 },
  { label: 'Model', cell: ({ nic }) => (nic.linkUp ? nic.model : `${nic.model}, unplugged`), width: 15 },
  {
    label: 'Addresses',
    cell: ({ vm, nic }) =>
      vm.guest?.addresses
        .filter(({ mac }) => mac.toLowerCase() === nic.mac)
        .map(({ ip }) => ip)
        .join(', ') ?? '–',
    width: 20,
  },
  {
    label: 'Limits in, out',
    cell: ({ nic }) => `${limit(nic.inboundBytesPerSecond)}, ${limit(nic.outboundBytesPerSecond)}`,
    width: 15,
  },
  {
    label: 'Actions',
    hidden: true,
    cell: (row) => <ActionsMenu target={row} name={row.nic.mac} actions={[editNic, removeNic]} />,
  },
];

/** The network cards of a VM, and what can be done with them. */
export function NicsCard({ vm }: { vm: Vm }) {
  return (
    <Facts title="Network cards" facts={[]} actions={<ActionButton target={vm} action={addNic} />}>
      <DataTable
        label="Network cards"
        rows={vm.nics.map((nic) => ({ vm, nic }))}
        columns={COLUMNS}
        rowKey={({ nic }) => nic.mac}
        unsorted
        nothing="No network cards"
      />
    </Facts>
  );
}
