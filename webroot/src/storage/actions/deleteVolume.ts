import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Volume } from '../../core/api/types';

export const deleteVolume: Action<Volume> = {
  id: 'delete',
  label: 'Delete',
  danger: true,
  availability: (volume) => {
    if (volume.vmId) return unavailable('A VM has it.');
    // A deletion that failed can only be asked for again; while one is under way the server says so.
    return volume.state === 'CREATING' ? unavailable('It is being made.') : AVAILABLE;
  },
  confirm: (volume) => ({
    title: `Delete the volume ${volume.name}?`,
    body: 'The data on it is lost for good.',
    confirmLabel: 'Delete',
  }),
  run: (volume) => unwrap(api.DELETE('/volumes/{volumeId}', { params: { path: { volumeId: volume.id } } })),
};
