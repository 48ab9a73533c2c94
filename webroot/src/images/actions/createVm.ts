import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import type { Image } from '../../core/api/types';
import { isBootable } from '../images';
import { ToCreateForm } from './ToCreateForm';

export const createVmFrom: Action<Image> = {
  id: 'create-vm',
  label: 'Create VM',
  availability: (image) => {
    if (isBootable(image)) return AVAILABLE;
    return unavailable(image.format === 'iso' ? 'A disk cannot be made from an ISO.' : 'It is not ready.');
  },
  dialog: ToCreateForm,
};
