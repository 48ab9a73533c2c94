import { AVAILABLE, unavailable, type Action, type Availability } from '../../../core/actions/action';
import { api, once, unwrap } from '../../../core/api/client';
import type { Snapshot } from '../../../core/api/types';
import { formatTime } from '../../../core/format/time';
import { CloneVolumeModal } from '../clone/CloneVolumeModal';
import { isInUse, type VolumeRow } from '../volumeState';

interface SnapshotRow {
  row: VolumeRow;
  snapshot: Snapshot;
}

const pathOf = ({ row, snapshot }: SnapshotRow) => ({ volumeId: row.volume.id, snapshotId: snapshot.id });

const OF_A_VM = 'It is a part of a snapshot of the whole VM. Use that, on the page of the VM.';

function whenWhole({ row, snapshot }: SnapshotRow): Availability {
  if (snapshot.state !== 'READY') return unavailable('It is being worked on.');
  return row.volume.state === 'READY' ? AVAILABLE : unavailable('Its volume is being worked on.');
}

export const revertToSnapshot: Action<SnapshotRow> = {
  id: 'revert',
  label: 'Revert',
  danger: true,
  availability: (target) => {
    if (target.snapshot.vmSnapshotId) return unavailable(OF_A_VM);
    if (target.row.users.length > 1) return unavailable('Several VMs have the volume.');
    return isInUse(target.row)
      ? unavailable('Its VM runs or is suspended. Shut the VM down first.')
      : whenWhole(target);
  },
  confirm: ({ row, snapshot }) => ({
    title: `Bring ${row.volume.name} back to ${snapshot.name}?`,
    body: `Everything that was written to the volume since ${formatTime(snapshot.createdAt)} is lost for good. Take another snapshot first if you may want it back.`,
    confirmLabel: 'Revert',
  }),
  run: (target) =>
    unwrap(
      api.POST('/volumes/{volumeId}/snapshots/{snapshotId}/revert', {
        params: { path: pathOf(target), header: once() },
      }),
    ),
};

export const cloneSnapshot: Action<SnapshotRow> = {
  id: 'clone',
  label: 'Clone',
  availability: whenWhole,
  dialog: ({ target: { row, snapshot }, onClose }) => CloneVolumeModal({ volume: row.volume, snapshot, onClose }),
};

export const deleteSnapshot: Action<SnapshotRow> = {
  id: 'delete',
  label: 'Delete',
  danger: true,
  // A deletion that failed can only be asked for again.
  availability: ({ snapshot }) => {
    if (snapshot.vmSnapshotId) return unavailable(OF_A_VM);
    return snapshot.state === 'CREATING' ? unavailable('It is being made.') : AVAILABLE;
  },
  confirm: ({ row, snapshot }) => ({
    title: `Delete the snapshot ${snapshot.name}?`,
    body: `${row.volume.name} stays as it is, but can no longer be brought back to this moment.`,
    confirmLabel: 'Delete',
  }),
  run: (target) =>
    unwrap(api.DELETE('/volumes/{volumeId}/snapshots/{snapshotId}', { params: { path: pathOf(target) } })),
};
