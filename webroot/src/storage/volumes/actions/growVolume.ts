import type { Action } from '../../../core/actions/action';
import type { VolumeRow } from '../volumeState';
import { GrowVolumeModal } from './GrowVolumeModal';
import { whenReady } from './whenReady';

export const growVolume: Action<VolumeRow> = {
  id: 'grow',
  label: 'Grow',
  availability: whenReady,
  dialog: GrowVolumeModal,
};
