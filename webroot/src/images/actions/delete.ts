import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { LibraryImage } from '../library';

export const deleteImage: Action<LibraryImage> = {
  id: 'delete',
  label: 'Delete',
  danger: true,
  availability: (image) => {
    if (image.applianceId) return unavailable('It is a disk of an appliance, and is deleted with that.');
    return image.state === 'CHECKING' && !image.abandoned ? unavailable('It is being checked.') : AVAILABLE;
  },
  confirm: (image) => ({
    title: `Delete ${image.name}?`,
    body: image.appliance
      ? 'The images of its disks are deleted with it. It is kept while a disk depends on one of them.'
      : 'Its file is deleted from every pool. An image that a disk depends on is kept.',
    confirmLabel: 'Delete',
  }),
  run: (image) => unwrap(api.DELETE('/images/{imageId}', { params: { path: { imageId: image.id } } })),
};
