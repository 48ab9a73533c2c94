import type { Action } from '../../core/actions/action';
import type { LibraryImage } from '../library';
import { DownloadFileModal } from './DownloadFileModal';
import { sendFile } from './sendFile';

/** Another way than {@link sendFile} for the same images. */
export const downloadFile: Action<LibraryImage> = {
  id: 'download-file',
  label: 'Download its file',
  availability: sendFile.availability,
  dialog: DownloadFileModal,
};
