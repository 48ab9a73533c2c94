import { unavailable, type Action, type Availability } from '../../../core/actions/action';
import { api, ifUnchanged, unwrap } from '../../../core/api/client';
import { whoHasIt } from '../attach/attachable';
import type { VolumeRow } from '../volumeState';
import { SHARING_WARNING } from '../words';
import { whenReady } from './whenReady';

async function setShareable({ volume }: VolumeRow, shareable: boolean): Promise<undefined> {
  await unwrap(
    api.PUT('/volumes/{volumeId}/shareable', {
      params: { path: { volumeId: volume.id }, header: ifUnchanged(volume) },
      body: { shareable },
    }),
  );
  return undefined;
}

function whenFree(row: VolumeRow): Availability {
  return row.users.length > 0 ? unavailable(`${whoHasIt(row.users)} Detach it first.`) : whenReady(row);
}

export const makeShareable: Action<VolumeRow> = {
  id: 'share',
  label: 'Make shareable',
  availability: (row) => {
    if (row.volume.shareable) return unavailable('Several VMs may have it already.');
    if (row.volume.format !== 'raw') {
      return unavailable(`It is ${row.volume.format}, which only one VM can write to. Copy it into a raw volume.`);
    }
    return whenFree(row);
  },
  confirm: ({ volume }) => ({
    title: `Let several VMs have ${volume.name} at once?`,
    body: SHARING_WARNING,
    confirmLabel: 'Make shareable',
  }),
  run: (row) => setShareable(row, true),
  doneMessage: ({ volume }) => `Several VMs may have ${volume.name}`,
};

export const endSharing: Action<VolumeRow> = {
  id: 'end-sharing',
  label: 'End sharing',
  availability: (row) => (row.volume.shareable ? whenFree(row) : unavailable('It is not shareable.')),
  run: (row) => setShareable(row, false),
  doneMessage: ({ volume }) => `One VM at most can have ${volume.name}`,
};
