import type { Action } from '../../core/actions/action';
import type { Image } from '../../core/api/types';
import { createVmFrom } from './createVm';
import { deleteImage } from './delete';
import { imageDetails } from './details';
import { sendFile } from './sendFile';

export const imageActions: readonly Action<Image>[] = [createVmFrom, imageDetails, sendFile, deleteImage];
