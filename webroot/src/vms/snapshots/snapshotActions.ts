import { AVAILABLE, unavailable, type Action, type Availability } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import type { VmSnapshot } from '../../core/api/types';
import { formatTime } from '../../core/format/time';
import { whenChangeable, whenPowered } from '../actions/common';
import { CloneSnapshotModal } from '../clone/CloneModals';
import { EditSnapshotModal } from './EditSnapshotModal';
import type { SnapshotOfVm } from './snapshotTree';

const pathOf = ({ vm, snapshot }: SnapshotOfVm) => ({ vmId: vm.id, snapshotId: snapshot.id });

function whenWhole({ snapshot }: SnapshotOfVm, otherwise: Availability): Availability {
  if (snapshot.state === 'CREATING') return unavailable('It is being made.');
  return snapshot.state === 'DELETING' ? unavailable('It is half deleted; delete it again.') : otherwise;
}

function lost(snapshot: VmSnapshot): string {
  return `Everything that was written to its disks since ${formatTime(snapshot.createdAt)} and is in no later snapshot is lost for good. Take another snapshot first if you may want it back. Its settings, and disks that it got later, stay as they are.`;
}

function revert(target: SnapshotOfVm, memory?: boolean) {
  const params = { path: pathOf(target), query: memory === undefined ? {} : { memory }, header: once() };
  return unwrap(api.POST('/vms/{vmId}/snapshots/{snapshotId}/revert', { params }));
}

export const revertVm: Action<SnapshotOfVm> = {
  id: 'revert',
  label: 'Revert',
  danger: true,
  availability: (target) =>
    whenWhole(target, whenPowered(target.vm, ['STOPPED', 'CRASHED'], 'The VM is not off. Shut it down first.')),
  confirm: ({ vm, snapshot }) => ({
    title: `Bring ${vm.name} back to ${snapshot.name}?`,
    body: `${lost(snapshot)}${snapshot.memoryBytes === undefined ? '' : ' The guest goes on at once from its memory of that moment.'}`,
    confirmLabel: 'Revert',
  }),
  run: (target) => revert(target),
};

/** For a guest that is not to go on with what it did then. */
export const revertDisks: Action<SnapshotOfVm> = {
  id: 'revert-disks',
  label: 'Revert the disks only',
  danger: true,
  availability: (target) =>
    target.snapshot.memoryBytes === undefined
      ? unavailable('It has no memory of the guest: Revert does the same.')
      : revertVm.availability(target),
  confirm: ({ vm, snapshot }) => ({
    title: `Bring the disks of ${vm.name} back to ${snapshot.name}?`,
    body: `${lost(snapshot)} The VM stays off, and its disks are as after a power cut.`,
    confirmLabel: 'Revert the disks',
  }),
  run: (target) => revert(target, false),
};

export const editSnapshot: Action<SnapshotOfVm> = {
  id: 'edit',
  label: 'Edit',
  availability: (target) => whenWhole(target, AVAILABLE),
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
