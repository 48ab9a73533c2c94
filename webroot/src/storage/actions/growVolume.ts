import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import type { Volume } from '../../core/api/types';
import { GrowVolumeModal } from './GrowVolumeModal';

export const growVolume: Action<Volume> = {
  id: 'grow',
  label: 'Grow',
  availability: (volume) => (volume.state === 'READY' ? AVAILABLE : unavailable('It is being worked on.')),
  dialog: GrowVolumeModal,
};
