import { AVAILABLE, unavailable, type Action, type Availability } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import { whenChangeable } from '../actions/common';
import { CloneSnapshotModal } from '../clone/CloneModals';
import { EditSnapshotModal } from './EditSnapshotModal';
import { RevertDisksModal, RevertModal } from './RevertModal';
import type { SnapshotOfVm } from './snapshotTree';

const pathOf = ({ vm, snapshot }: SnapshotOfVm) => ({ vmId: vm.id, snapshotId: snapshot.id });

function whenWhole({ snapshot }: SnapshotOfVm, otherwise: Availability): Availability {
  if (snapshot.state === 'CREATING') return unavailable('It is being made.');
  if (snapshot.state === 'BROKEN') return unavailable('A disk does not have it any more; it can only be deleted.');
  return snapshot.state === 'DELETING' ? unavailable('It is half deleted; delete it again.') : otherwise;
}

export const revertVm: Action<SnapshotOfVm> = {
  id: 'revert',
  label: 'Revert…',
  danger: true,
  availability: (target) => whenWhole(target, whenChangeable(target.vm)),
  dialog: RevertModal,
};

/** For a guest that is not to go on with what it did then. */
export const revertDisks: Action<SnapshotOfVm> = {
  id: 'revert-disks',
  label: 'Revert the disks only…',
  danger: true,
  availability: (target) =>
    target.snapshot.memoryBytes === undefined
      ? unavailable('It has no memory of the guest: Revert does the same.')
      : revertVm.availability(target),
  dialog: RevertDisksModal,
};

export const editSnapshot: Action<SnapshotOfVm> = {
  id: 'edit',
  label: 'Edit',
  availability: (target) => (target.snapshot.state === 'BROKEN' ? AVAILABLE : whenWhole(target, AVAILABLE)),
  dialog: EditSnapshotModal,
};

export const cloneSnapshot: Action<SnapshotOfVm> = {
  id: 'clone',
  label: 'Clone from this snapshot…',
  availability: (target) =>
    whenWhole(target, target.vm.phase === 'READY' ? AVAILABLE : unavailable('The VM is not ready.')),
  dialog: CloneSnapshotModal,
};

function remove(target: SnapshotOfVm, withChildren: boolean) {
  return unwrap(
    api.DELETE('/vms/{vmId}/snapshots/{snapshotId}', { params: { path: pathOf(target), query: { withChildren } } }),
  );
}

// A deletion that failed can only be asked for again.
function whenDeletable({ vm, snapshot }: SnapshotOfVm): Availability {
  if (snapshot.state === 'CREATING') return unavailable('It is being made.');
  // Their disks may have become independent since, which the server finds out.
  return whenChangeable(vm);
}

/** What is said of clones before a snapshot is deleted. */
const clonesOf = ({ snapshot }: SnapshotOfVm): string =>
  snapshot.clones.length === 0
    ? ''
    : ` Clones need it (${snapshot.clones.join(', ')}), so it is refused until those are gone or their disks independent.`;

export const deleteSnapshot: Action<SnapshotOfVm> = {
  id: 'delete',
  label: 'Delete',
  danger: true,
  availability: whenDeletable,
  confirm: (target) => ({
    title: `Delete the snapshot ${target.snapshot.name}?`,
    body: `${target.vm.name} and its other snapshots stay as they are, but it can no longer be brought back to this moment.${clonesOf(target)}`,
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
  revertDisks,
  cloneSnapshot,
  editSnapshot,
  deleteSnapshot,
  deleteWithChildren,
];
