import type { Action } from '../../core/actions/action';
import type { LibraryImage } from '../library';
import { createVmFrom } from './createVm';
import { deleteImage } from './delete';
import { imageDetails } from './details';
import { sendFile } from './sendFile';

export const imageActions: readonly Action<LibraryImage>[] = [createVmFrom, imageDetails, sendFile, deleteImage];
