import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import type { LibraryImage } from '../library';
import { BringToPoolModal } from './BringToPoolModal';

export const bringTo: Action<LibraryImage> = {
  id: 'bring-to-pool',
  label: 'Bring to a pool…',
  availability: (image) => {
    if (image.state !== 'READY') return unavailable('It has no file yet.');
    return image.copies.length > 0 ? AVAILABLE : unavailable('The images of its disks can be brought.');
  },
  dialog: BringToPoolModal,
};
