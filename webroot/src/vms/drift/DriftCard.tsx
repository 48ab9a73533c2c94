import { Alert, GridItem } from '@patternfly/react-core';
import { ActionButton } from '../../core/actions/ActionButton';
import type { DriftDifference, Vm } from '../../core/api/types';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { Facts } from '../../core/layout/Facts';
import { acceptDrift } from './acceptDrift';
import { correctDrift } from './correctDrift';
import { driftedField, driftedValue } from './driftWords';
import { useDrift } from './useDrift';

const COLUMNS: readonly Column<DriftDifference>[] = [
  { label: 'What', cell: ({ field }) => driftedField(field), width: 30 },
  { label: 'In LimiQuantix', cell: ({ field, expected }) => driftedValue(field, expected) },
  {
    label: 'In libvirt',
    cell: ({ field, found, obstacle }) => (
      <>
        {driftedValue(field, found)}
        {obstacle !== undefined && <div className="lqx-subtle">{obstacle}</div>}
      </>
    ),
  },
];

/** What somebody changed of the VM with libvirt's own tools, in a row of the page; no row while that is nothing. */
export function DriftCard({ vm }: { vm: Vm }) {
  const { data } = useDrift(vm);
  if (!data?.drifted) return null;
  return (
    <GridItem span={12}>
      <Facts title="Changed outside of LimiQuantix" facts={[]}>
        <Alert
          component="p"
          variant="warning"
          isInline
          className="lqx-gap-below"
          title="libvirt’s definition of this VM is another one than LimiQuantix has. It applies when the VM is next started."
        />
        <DataTable
          label="Changed outside of LimiQuantix"
          rows={data.differences}
          columns={COLUMNS}
          rowKey={({ field, found }) => `${field} ${found}`}
          unsorted
        />
        <div className="lqx-gap-above">
          <ActionButton target={vm} action={correctDrift} />{' '}
          <ActionButton target={vm} action={acceptDrift(data.differences)} />
        </div>
      </Facts>
    </GridItem>
  );
}
