import { GIB, id } from './data.mjs';
import { image, system } from './library.mjs';

/** An appliance of three disks, the second of which begins empty, and the images of the others. */
export function appliance() {
  const box = id('image mail-relay');
  const disk = (number, virtualSizeBytes) =>
    image(`mail-relay-disk${number}`, 'READY', {
      applianceId: box,
      virtualSizeBytes,
      cameAs: { format: 'vmdk', sha256: 'b7'.repeat(32), fileBytes: GIB },
    });
  const disks = [disk(1, 8 * GIB), disk(3, 20 * GIB)];
  return [
    image('mail-relay', 'READY', {
      format: 'ova',
      operatingSystem: system('Debian', '12', { learnedFrom: { system: 'OVF' } }),
      copies: [],
      virtualSizeBytes: 32 * GIB,
      cameAs: { format: 'ova', sha256: 'a3f5'.repeat(16), fileBytes: 2 * GIB },
      appliance: {
        name: 'Mail relay',
        product: 'Example Mail relay 4.2',
        operatingSystem: 'Debian GNU/Linux 12 (64-bit)',
        vcpus: 4,
        memoryBytes: 6 * GIB,
        firmware: 'uefi',
        nics: [{ network: 'VM Network' }, { network: 'DMZ' }],
        disks: [
          { capacityBytes: 8 * GIB, imageId: disks[0].id },
          { capacityBytes: 4 * GIB },
          { capacityBytes: 20 * GIB, imageId: disks[1].id },
        ],
      },
    }),
    ...disks,
  ];
}
