import { Label, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { ActionButton } from '../../core/actions/ActionButton';
import { ActionsMenu } from '../../core/actions/ActionsMenu';
import { api, unwrap } from '../../core/api/client';
import type { Vm, VmSnapshotList } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { formatTime } from '../../core/format/time';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { QueryState } from '../../core/layout/QueryState';
import { Remark } from '../../core/layout/Remark';
import { StateLabel } from '../../core/layout/StateLabel';
import { Truncated } from '../../core/layout/Truncated';
import { takeSnapshot } from '../actions/takeSnapshot';
import { SnapshotCosts } from './SnapshotCosts';
import { snapshotActions } from './snapshotActions';
import { SNAPSHOT_STATES, snapshotTree, stillnessOf, type SnapshotOfVm } from './snapshotTree';
import { UnknownSnapshots } from './UnknownSnapshots';

/** In rem. What is deeper stands below each other, or names would have no room. */
const DEEPEST_INDENT = 8;

function Name({ snapshot, depth, isCurrent }: SnapshotOfVm) {
  return (
    <div style={{ paddingInlineStart: `${Math.min(depth, DEEPEST_INDENT)}rem` }}>
      <div className="lqx-branch">
        {depth > 0 && <span aria-hidden="true">└</span>}
        <Truncated text={snapshot.name} />
        {isCurrent && (
          <Label isCompact color="blue">
            Current
          </Label>
        )}
      </div>
      {snapshot.clones.length > 0 && (
        <div className="lqx-subtle">
          <Truncated text={`Needed by ${snapshot.clones.join(', ')}`} />
        </div>
      )}
      {snapshot.missingOn.length > 0 && (
        <Remark danger text={`Not on ${snapshot.missingOn.join(', ')} any more: the snapshot can only be deleted`} />
      )}
      {snapshot.description !== '' && (
        <div className="lqx-subtle">
          <Truncated text={snapshot.description} />
        </div>
      )}
    </div>
  );
}

const COLUMNS: readonly Column<SnapshotOfVm>[] = [
  { label: 'Name', cell: (row) => <Name {...row} />, width: 25 },
  { label: 'Taken', cell: ({ snapshot }) => formatTime(snapshot.createdAt), width: 15 },
  { label: 'By', cell: ({ snapshot }) => <Truncated text={snapshot.createdBy} />, width: 10 },
  { label: 'The guest then', cell: ({ snapshot }) => stillnessOf(snapshot), width: 15 },
  {
    label: 'On the storage',
    cell: ({ snapshot: { usedBytes } }) => (usedBytes === undefined ? '' : formatBytes(usedBytes)),
    width: 10,
  },
  { label: 'State', cell: ({ snapshot }) => <StateLabel {...SNAPSHOT_STATES[snapshot.state]} />, width: 15 },
  {
    label: 'Actions',
    hidden: true,
    cell: (row) => <ActionsMenu target={row} name={row.snapshot.name} actions={snapshotActions} />,
  },
];

/** The snapshots of a VM as a tree, and what can be done with them. */
export default function VmSnapshotsPart({ vm }: { vm: Vm }) {
  const query = useQuery({
    // Whatever happens to a snapshot changes its VM too.
    queryKey: ['vm-snapshots', vm.id, vm.changedAt, vm.activeTaskId],
    queryFn: () => unwrap(api.GET('/vms/{vmId}/snapshots', { params: { path: { vmId: vm.id } } })),
    placeholderData: (before: VmSnapshotList | undefined) => before,
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <>
      <Toolbar inset={{ default: 'insetNone' }}>
        <ToolbarContent>
          <ToolbarItem>
            <ActionButton target={vm} action={takeSnapshot} />
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      <QueryState query={query} what="snapshots">
        {(list) => (
          <>
            <UnknownSnapshots vm={vm} count={list.unknown} />
            <SnapshotCosts {...list} />
            <DataTable
              label="Snapshots"
              rows={snapshotTree(vm, list.items, list.currentId)}
              columns={COLUMNS}
              rowKey={({ snapshot }) => snapshot.id}
              unsorted
              nothing="No snapshots yet"
            />
          </>
        )}
      </QueryState>
    </>
  );
}
