import { api, unwrap } from '../core/api/client';
import { allPages, pageQuery } from '../core/api/pages';
import type { Image } from '../core/api/types';
import type { Collection } from '../core/live/collection';

export const images: Collection<Image> = {
  kind: 'image',
  list: () => allPages((cursor) => unwrap(api.GET('/images', { params: { query: pageQuery(cursor) } }))),
  get: (imageId) => unwrap(api.GET('/images/{imageId}', { params: { path: { imageId } } })),
};

/** Whether its bytes are here and checked. */
export const isUsable = ({ state }: Pick<Image, 'state'>): boolean => state === 'READY' || state === 'DEPRECATED';

/** Whether a VM can be made from it: from a disk, or from an appliance with all its disks; an ISO is neither. */
export function isBootable(image: Image): boolean {
  return isUsable(image) && image.format !== 'iso';
}

/** Whether it is offered for a new VM; a deprecated one only to whoever named it. */
export function isOffered(image: Image, named: string | null): boolean {
  return isBootable(image) && (image.state === 'READY' || image.id === named);
}

/** Where the file of an announced image is sent. */
export const contentPath = ({ id }: Pick<Image, 'id'>): string => `/images/${encodeURIComponent(id)}/content`;
