import { unavailable, type Action } from '../../../core/actions/action';
import { SnapshotsModal } from '../snapshots/SnapshotsModal';
import { noSnapshots, type VolumeRow } from '../volumeState';
import { whenReady } from './whenReady';

export const showSnapshots: Action<VolumeRow> = {
  id: 'snapshots',
  label: 'Snapshots',
  availability: (row) => {
    // What is there can be looked at and deleted, whatever keeps a new one from being made.
    if (row.volume.snapshotCount > 0) return whenReady(row);
    const reason = noSnapshots(row);
    return reason === undefined ? whenReady(row) : unavailable(reason);
  },
  dialog: SnapshotsModal,
};
