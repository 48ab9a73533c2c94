import { AVAILABLE, unavailable, type Action } from '../../../core/actions/action';
import { api, unwrap } from '../../../core/api/client';
import type { VolumeRow } from '../volumeState';

function whatIsLost(snapshots: number): string {
  if (snapshots === 0) return 'The data on it is lost for good.';
  const them = snapshots === 1 ? 'its snapshot' : `its ${snapshots} snapshots`;
  return `The data on it and ${them} are lost for good.`;
}

export const deleteVolume: Action<VolumeRow> = {
  id: 'delete',
  label: 'Delete',
  danger: true,
  availability: ({ volume, users }) => {
    if (users.length > 0) return unavailable('A VM has it.');
    // A deletion that failed can only be asked for again; while one is under way the server says so.
    return volume.state === 'CREATING' ? unavailable('It is being made.') : AVAILABLE;
  },
  confirm: ({ volume }) => ({
    title: `Delete the volume ${volume.name}?`,
    body: whatIsLost(volume.snapshotCount),
    confirmLabel: volume.snapshotCount === 0 ? 'Delete' : 'Delete with snapshots',
  }),
  run: ({ volume }) =>
    unwrap(
      api.DELETE('/volumes/{volumeId}', {
        // Only those that the person was told of go with it.
        params: { path: { volumeId: volume.id }, query: { withSnapshots: volume.snapshotCount > 0 } },
      }),
    ),
};
