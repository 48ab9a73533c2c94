import type { Appliance, Image } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';

export const FIRMWARE: Readonly<Record<Appliance['firmware'], string>> = { bios: 'BIOS', uefi: 'UEFI' };

/** The disks of an appliance as people read them, in its order: each by the name of its image, where it is at hand. */
export function diskTexts(appliance: Appliance, images: readonly Image[]): string[] {
  return appliance.disks.map(({ capacityBytes, imageId }) => {
    const name = imageId && (images.find(({ id }) => id === imageId)?.name ?? imageId);
    return `${name ?? 'Empty'} (${formatBytes(capacityBytes)})`;
  });
}

/** Its network cards, by what its makers call their networks. */
export const nicTexts = ({ nics }: Appliance): string[] => nics.map(({ network }) => network ?? 'Not connected');
