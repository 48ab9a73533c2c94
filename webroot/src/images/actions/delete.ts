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

/** For one that disks depend on, whose owners are to keep them. */
export const deleteIndependently: Action<LibraryImage> = {
  id: 'delete-independently',
  label: 'Remove, keeping its disks',
  danger: true,
  availability: (image) => (image.state === 'READY' ? AVAILABLE : unavailable('No disk can depend on it yet.')),
  confirm: (image) => ({
    title: `Remove ${image.name} and keep the disks that depend on it?`,
    body:
      'What those disks share with the image is copied into each of them first, which takes time and room in their pools.' +
      ' Where one cannot be copied, as the disk of a VM that runs, the image stays.',
    confirmLabel: 'Remove',
  }),
  run: (image) =>
    unwrap(api.DELETE('/images/{imageId}', { params: { path: { imageId: image.id }, query: { independent: true } } })),
};
