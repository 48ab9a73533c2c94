import type { Image, ImageCopy } from '../../core/api/types';
import type { Tone } from '../../core/layout/StateLabel';

/** A copy of an image, with what people call its places. */
export interface PlacedCopy {
  image: Image;
  copy: ImageCopy;
  pool: string;
  host: string;
}

interface Named {
  id: string;
  name: string;
}

const nameOf = (list: readonly Named[], id: string): string => list.find((thing) => thing.id === id)?.name ?? id;

export function placedCopies(image: Image, pools: readonly Named[], hosts: readonly Named[]): readonly PlacedCopy[] {
  return image.copies.map((copy) => ({
    image,
    copy,
    pool: nameOf(pools, copy.poolId),
    host: nameOf(hosts, copy.hostId),
  }));
}

export const COPY_STATES: Record<ImageCopy['state'], { text: string; tone: Tone; busy?: boolean }> = {
  ARRIVING: { text: 'Being copied', tone: 'info', busy: true },
  READY: { text: 'Ready', tone: 'success' },
  LEAVING: { text: 'Being removed', tone: 'info', busy: true },
};

/** Whether a volume of the pool can begin as the image without a copy of it. */
export function isReadyIn(image: Image, poolId: string): boolean {
  return image.copies.some((copy) => copy.poolId === poolId && copy.state === 'READY');
}
