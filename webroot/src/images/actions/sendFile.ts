import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import type { Image } from '../../core/api/types';
import { transfers } from '../../core/upload/transfers';
import { contentPath } from '../images';
import { SendFileModal } from '../upload/SendFileModal';

/** For an image whose upload was cut off, never began, or brought what was refused. */
export const sendFile: Action<Image> = {
  id: 'send-file',
  label: 'Upload its file',
  availability: (image) => {
    if (transfers.has(contentPath(image))) return unavailable('Its file is being uploaded.');
    return image.state === 'DRAFT' || image.state === 'REFUSED' ? AVAILABLE : unavailable('It has its file.');
  },
  dialog: SendFileModal,
};
