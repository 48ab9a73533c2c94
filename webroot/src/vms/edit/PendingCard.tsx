import type { PendingChange, Vm } from '../../core/api/types';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { Facts } from '../../core/layout/Facts';
import { fieldName, pendingValue } from './fieldNames';

const COLUMNS: readonly Column<PendingChange>[] = [
  { label: 'What', cell: ({ field }) => fieldName(field), width: 30 },
  { label: 'Now', cell: (change) => pendingValue(change, change.now) },
  { label: 'Then', cell: (change) => pendingValue(change, change.then) },
];

/** How the VM runs otherwise than it is defined. */
export function PendingCard({ vm }: { vm: Vm }) {
  return (
    <Facts title="Pending changes" facts={[]}>
      <p className="lqx-gap-below">
        Takes effect when the VM is next started, not by a reboot inside the guest: shut it down, then start it.
      </p>
      <DataTable
        label="Pending changes"
        rows={vm.pending}
        columns={COLUMNS}
        rowKey={({ field }) => field}
        unsorted
        nothing="Nothing is pending"
      />
    </Facts>
  );
}
