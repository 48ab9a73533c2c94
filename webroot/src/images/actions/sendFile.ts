import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import type { Image } from '../../core/api/types';
import { SendFileModal } from '../upload/SendFileModal';
import { transfers } from '../upload/transfers';

/** For an image whose upload was cut off or never began. */
export const sendFile: Action<Image> = {
  id: 'send-file',
  label: 'Upload its file',
  availability: (image) => {
    if (transfers.has(image.id)) return unavailable('Its file is being uploaded.');
    return image.state === 'DRAFT' ? AVAILABLE : unavailable('It has its file.');
  },
  dialog: SendFileModal,
};
