import { ownDisks, type Draft } from './draft';
import { drivesOf } from './hardware';

type Kind = 'disk' | 'cdrom' | 'nic';

export interface Device {
  value: string;
  label: string;
}

const named = (kind: Kind, what: string, count: number): Device[] =>
  Array.from({ length: count }, (_unused, i) => ({ value: `${kind}${i}`, label: `${what} ${i + 1}` }));

/** What a machine of so many devices can boot from, with what a person calls it. */
export const devicesOf = (disks: number, cdroms: number, nics: number): readonly Device[] => [
  ...named('disk', 'Disk', disks),
  ...named('cdrom', 'CD-ROM drive', cdroms),
  ...named('nic', 'Network card', nics),
];

/** What the VM of a draft can boot from. */
export const draftDevices = (draft: Draft): readonly Device[] =>
  devicesOf(1 + ownDisks(draft) + draft.furtherDisks.length, drivesOf(draft.hardware).length, draft.cards.length);

/** A boot order after a device was taken away: those behind it are counted anew. */
export function withoutDevice(order: readonly string[], kind: Kind, gone: number): readonly string[] {
  return order.flatMap((device) => {
    const number = device.startsWith(kind) ? Number(device.slice(kind.length)) : NaN;
    if (number === gone) return [];
    return [number > gone ? `${kind}${number - 1}` : device];
  });
}
