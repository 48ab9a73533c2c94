import type { ActionDialogProps } from '../../core/actions/action';
import { ExportsModal } from '../../exports/ExportsModal';
import type { LibraryImage } from '../library';
import { imageFormats } from './imageFormats';

/** The files of an image. */
export function ImageExportsModal({ target: image, onClose }: ActionDialogProps<LibraryImage>) {
  return (
    <ExportsModal
      origin={{ kind: 'IMAGE', id: image.id }}
      name={image.name}
      formats={imageFormats(image.format)}
      problem={undefined}
      onClose={onClose}
    />
  );
}
