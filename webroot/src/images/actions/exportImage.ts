import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import { ImageExportsModal } from '../exports/ImageExportsModal';
import type { LibraryImage } from '../library';

export const exportImage: Action<LibraryImage> = {
  id: 'export',
  label: 'Export…',
  availability: ({ state }) => {
    if (state === 'READY' || state === 'DEPRECATED') return AVAILABLE;
    return unavailable(state === 'REFUSED' ? 'Its file was refused.' : 'It has no file yet that was checked.');
  },
  dialog: ImageExportsModal,
};
