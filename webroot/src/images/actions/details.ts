import { AVAILABLE, type Action } from '../../core/actions/action';
import type { LibraryImage } from '../library';
import { ImageDetailsModal } from './ImageDetailsModal';

export const imageDetails: Action<LibraryImage> = {
  id: 'details',
  label: 'Details',
  availability: () => AVAILABLE,
  dialog: ImageDetailsModal,
};
