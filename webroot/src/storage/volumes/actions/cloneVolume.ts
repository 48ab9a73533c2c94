import { unavailable, type Action } from '../../../core/actions/action';
import { CloneVolumeModal } from '../clone/CloneVolumeModal';
import { isInUse, noSnapshots, type VolumeRow } from '../volumeState';
import { whenOneUser } from './whenReady';

export const cloneVolume: Action<VolumeRow> = {
  id: 'clone',
  label: 'Clone or copy',
  availability: (row) =>
    isInUse(row) && noSnapshots(row) !== undefined
      ? unavailable('Its VM runs. Shut the VM down first.')
      : whenOneUser(row),
  dialog: ({ target, onClose }) => CloneVolumeModal({ volume: target.volume, inUse: isInUse(target), onClose }),
};
