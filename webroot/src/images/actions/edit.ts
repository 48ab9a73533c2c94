import { AVAILABLE, type Action } from '../../core/actions/action';
import type { LibraryImage } from '../library';
import { EditImageModal } from './EditImageModal';

export const editImage: Action<LibraryImage> = {
  id: 'edit',
  label: 'Edit',
  availability: () => AVAILABLE,
  dialog: EditImageModal,
};
