import type { Action } from '../../../core/actions/action';
import type { VolumeRow } from '../volumeState';
import { GrowVolumeModal } from './GrowVolumeModal';
import { whenOneUser } from './whenReady';

export const growVolume: Action<VolumeRow> = {
  id: 'grow',
  label: 'Grow',
  availability: whenOneUser,
  dialog: GrowVolumeModal,
};
