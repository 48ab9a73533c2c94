import { AVAILABLE, unavailable, type Action, type Availability } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import { formatTime } from '../../core/format/time';
import { whenChangeable, whenPowered } from '../actions/common';
import { EditSnapshotModal } from './EditSnapshotModal';
import type { SnapshotOfVm } from './snapshotTree';

const pathOf = ({ vm, snapshot }: SnapshotOfVm) => ({ vmId: vm.id, snapshotId: snapshot.id });

function whenWhole({ snapshot }: SnapshotOfVm, otherwise: Availability): Availability {
  if (snapshot.state === 'CREATING') return unavailable('It is being made.');
  return snapshot.state === 'DELETING' ? unavailable('It is half deleted; delete it again.') : otherwise;
}

export const revertVm: Action<SnapshotOfVm> = {
  id: 'revert',
  label: 'Revert',
  danger: true,
  availability: (target) =>
    whenWhole(target, whenPowered(target.vm, ['STOPPED', 'CRASHED'], 'The VM is not off. Shut it down first.')),
  confirm: ({ vm, snapshot }) => ({
    title: `Bring ${vm.name} back to ${snapshot.name}?`,
    body: `Everything that was written to its disks since ${formatTime(snapshot.createdAt)} and is in no later snapshot is lost for good. Take another snapshot first if you may want it back. Its settings, and disks that it got later, stay as they are.`,
    confirmLabel: 'Revert',
  }),
  run: (target) =>
    unwrap(api.POST('/vms/{vmId}/snapshots/{snapshotId}/revert', { params: { path: pathOf(target), header: once() } })),
};

export const editSnapshot: Action<SnapshotOfVm> = {
  id: 'edit',
  label: 'Edit',
  availability: (target) => whenWhole(target, AVAILABLE),
  dialog: EditSnapshotModal,
};

function remove(target: SnapshotOfVm, withChildren: boolean) {
  return unwrap(
    api.DELETE('/vms/{vmId}/snapshots/{snapshotId}', { params: { path: pathOf(target), query: { withChildren } } }),
  );
}

// A deletion that failed can only be asked for again.
const whenDeletable = ({ vm, snapshot }: SnapshotOfVm): Availability =>
  snapshot.state === 'CREATING' ? unavailable('It is being made.') : whenChangeable(vm);

export const deleteSnapshot: Action<SnapshotOfVm> = {
  id: 'delete',
  label: 'Delete',
  danger: true,
  availability: whenDeletable,
  confirm: ({ vm, snapshot }) => ({
    title: `Delete the snapshot ${snapshot.name}?`,
    body: `${vm.name} and its other snapshots stay as they are, but it can no longer be brought back to this moment.`,
    confirmLabel: 'Delete',
  }),
  run: (target) => remove(target, false),
};

export const deleteWithChildren: Action<SnapshotOfVm> = {
  id: 'delete-with-children',
  label: 'Delete with all below',
  danger: true,
  availability: (target) => (target.children === 0 ? unavailable('Nothing came of it.') : whenDeletable(target)),
  confirm: ({ vm, snapshot, children }) => ({
    title: `Delete ${snapshot.name} and ${children} more?`,
    body: `${vm.name} stays as it is, but can no longer be brought back to this moment, nor to the ${children} below it.`,
    confirmLabel: `Delete ${children + 1} snapshots`,
  }),
  run: (target) => remove(target, true),
};

/** All that can be done with a snapshot, in the order of its menu. */
export const snapshotActions: readonly Action<SnapshotOfVm>[] = [
  revertVm,
  editSnapshot,
  deleteSnapshot,
  deleteWithChildren,
];
