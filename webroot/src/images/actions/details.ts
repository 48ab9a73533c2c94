import { AVAILABLE, type Action } from '../../core/actions/action';
import type { Image } from '../../core/api/types';
import { ImageDetailsModal } from './ImageDetailsModal';

export const imageDetails: Action<Image> = {
  id: 'details',
  label: 'Details',
  availability: () => AVAILABLE,
  dialog: ImageDetailsModal,
};
