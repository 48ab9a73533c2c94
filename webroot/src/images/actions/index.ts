import type { Action } from '../../core/actions/action';
import type { LibraryImage } from '../library';
import { bringTo } from '../copies/bringTo';
import { createVmFrom } from './createVm';
import { deleteImage, deleteIndependently } from './delete';
import { imageDetails } from './details';
import { editImage } from './edit';
import { downloadFile } from './downloadFile';
import { exportImage } from './exportImage';
import { sendFile } from './sendFile';

export const imageActions: readonly Action<LibraryImage>[] = [
  createVmFrom,
  imageDetails,
  editImage,
  sendFile,
  downloadFile,
  bringTo,
  exportImage,
  deleteImage,
  deleteIndependently,
];
