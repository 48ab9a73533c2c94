import type { EditDisk, VmDisk } from '../../core/api/types';
import { MIB } from '../../core/format/bytes';
import type { Tuning } from '../create/hardware';

const mib = (bytes: number | undefined): number => (bytes === undefined ? NaN : bytes / MIB);

/** How the disk is reached, as it is typed. */
export const tuningOf = (disk: VmDisk): Tuning => ({
  bus: disk.bus,
  cache: disk.cache,
  discard: disk.discard,
  ioThread: disk.ioThread,
  readIops: disk.readIops ?? NaN,
  writeIops: disk.writeIops ?? NaN,
  readMib: mib(disk.readBytesPerSecond),
  writeMib: mib(disk.writeBytesPerSecond),
});

/** A limit that was typed; none takes it away. */
const limit = (typed: number, unit = 1): number => (Number.isNaN(typed) ? 0 : Math.round(typed * unit));

/** What was typed otherwise than it was. */
export function tuningChanges(disk: VmDisk, typed: Tuning): EditDisk {
  const said = (tuning: Tuning) => ({
    bus: tuning.bus,
    cache: tuning.cache,
    discard: tuning.discard,
    readIops: limit(tuning.readIops),
    writeIops: limit(tuning.writeIops),
    readBytesPerSecond: limit(tuning.readMib, MIB),
    writeBytesPerSecond: limit(tuning.writeMib, MIB),
  });
  const before = said(tuningOf(disk));
  const entries = Object.entries(said(typed)).filter(([name, value]) => before[name as keyof typeof before] !== value);
  return Object.fromEntries(entries);
}

/** The limits of a disk in a few words; undefined where it has none. */
export function limitsOf(disk: VmDisk): string | undefined {
  const parts = [
    disk.readIops && `${disk.readIops} reads/s`,
    disk.writeIops && `${disk.writeIops} writes/s`,
    disk.readBytesPerSecond && `${Math.round((disk.readBytesPerSecond / MIB) * 10) / 10} MiB/s read`,
    disk.writeBytesPerSecond && `${Math.round((disk.writeBytesPerSecond / MIB) * 10) / 10} MiB/s written`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : undefined;
}
