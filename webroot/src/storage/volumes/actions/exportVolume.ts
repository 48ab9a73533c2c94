import type { Action } from '../../../core/actions/action';
import { VolumeExportsModal } from '../exports/VolumeExportsModal';
import type { VolumeRow } from '../volumeState';
import { whenReady } from './whenReady';

export const exportVolume: Action<VolumeRow> = {
  id: 'export',
  label: 'Export or download',
  // What was made before can be fetched and deleted, whatever keeps a new one from being made.
  availability: whenReady,
  dialog: VolumeExportsModal,
};
