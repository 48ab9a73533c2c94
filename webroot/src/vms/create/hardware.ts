import type { CreateVm, Image, VmDisk } from '../../core/api/types';
import { GIB, MIB } from '../../core/format/bytes';

type DiskSpec = CreateVm['disks'][number];

/** How the guest reaches a disk; a limit that is not a number is none. */
export interface Tuning {
  bus: VmDisk['bus'];
  cache: VmDisk['cache'];
  discard: VmDisk['discard'];
  ioThread: boolean;
  readIops: number;
  writeIops: number;
  /** MiB/s. */
  readMib: number;
  writeMib: number;
}

export const PLAIN_TUNING: Tuning = {
  bus: 'virtio',
  cache: 'auto',
  discard: 'unmap',
  ioThread: false,
  readIops: NaN,
  writeIops: NaN,
  readMib: NaN,
  writeMib: NaN,
};

/** What a disk begins as. */
export type DiskKind = 'image' | 'empty' | 'volume';

/** A disk behind the first one. */
export interface FurtherDisk {
  kind: DiskKind;
  imageId: string;
  volumeId: string;
  /** Where it is made; empty: the platform chooses. */
  poolId: string;
  sizeGib: number;
  tuning: Tuning;
}

export const NEW_DISK: FurtherDisk = {
  kind: 'empty',
  imageId: '',
  volumeId: '',
  poolId: '',
  sizeGib: 10,
  tuning: PLAIN_TUNING,
};

/** The machine around the disks, as it is typed. */
export interface Hardware {
  firmware: 'bios' | 'uefi';
  secureBoot: boolean;
  tpm: boolean;
  /** Empty: what the host chooses. */
  cpuModel: string;
  /** Not a number: each vCPU is a socket. */
  sockets: number;
  cores: number;
  threads: number;
  /** What it does; empty: none. */
  watchdog: '' | 'reset' | 'shutdown' | 'poweroff' | 'pause' | 'none';
  /** Whether its console shares a clipboard with it. */
  clipboard: boolean;
  /** What it boots from, first to last, as in "disk0"; none: what is sensible. */
  bootOrder: readonly string[];
  /** What is in each CD-ROM drive: an ISO's id, {@link EMPTY_DRIVE}, or {@link NO_DRIVE} for the first one. */
  drives: readonly string[];
}

export const NO_DRIVE = '';
export const EMPTY_DRIVE = 'empty';
export const MOST_DRIVES = 4;

/** The drives that there are. */
export const drivesOf = ({ drives }: Hardware): readonly string[] => drives.filter((drive) => drive !== NO_DRIVE);

export const PLAIN_HARDWARE: Hardware = {
  firmware: 'bios',
  secureBoot: false,
  tpm: false,
  cpuModel: '',
  sockets: NaN,
  cores: NaN,
  threads: NaN,
  watchdog: '',
  clipboard: false,
  bootOrder: [],
  drives: [NO_DRIVE],
};

/** What a system needs to be started, as far as it is known: its firmware, and devices that it has drivers for. */
export function suitedTo(image: Image): { firmware?: 'bios' | 'uefi'; isPlain: boolean } {
  const firmware = image.appliance?.firmware ?? image.operatingSystem?.firmware;
  return { ...(firmware ? { firmware } : {}), isPlain: image.operatingSystem?.virtio === false };
}

const limit = (name: string, typed: number, unit = 1) =>
  Number.isNaN(typed) ? {} : { [name]: Math.round(typed * unit) };

export function tuningRequest(tuning: Tuning): Partial<DiskSpec> {
  const { bus, cache, discard, ioThread } = tuning;
  return {
    ...(bus === 'virtio' ? {} : { bus }),
    ...(cache === 'auto' ? {} : { cache }),
    ...(discard === 'unmap' ? {} : { discard }),
    ...(ioThread && bus === 'virtio' ? { ioThread } : {}),
    ...limit('readIops', tuning.readIops),
    ...limit('writeIops', tuning.writeIops),
    ...limit('readBytesPerSecond', tuning.readMib, MIB),
    ...limit('writeBytesPerSecond', tuning.writeMib, MIB),
  };
}

export function furtherRequest({ kind, imageId, volumeId, poolId, sizeGib, tuning }: FurtherDisk): DiskSpec {
  if (kind === 'volume') return { volumeId, ...tuningRequest(tuning) };
  return {
    ...(kind === 'image' ? { imageId } : {}),
    sizeBytes: Math.round(sizeGib * GIB),
    ...(poolId === '' ? {} : { poolId }),
    ...tuningRequest(tuning),
  };
}

const number = (name: string, typed: number) => (Number.isNaN(typed) ? {} : { [name]: typed });

export function machineRequest(hardware: Hardware): Partial<CreateVm> {
  const { firmware, secureBoot, tpm, cpuModel, watchdog, clipboard, bootOrder } = hardware;
  const drives = drivesOf(hardware);
  const cpu = {
    ...(cpuModel === '' ? {} : { model: cpuModel }),
    ...number('sockets', hardware.sockets),
    ...number('cores', hardware.cores),
    ...number('threads', hardware.threads),
  };
  return {
    ...(Object.keys(cpu).length === 0 ? {} : { cpu }),
    ...(firmware === 'bios' ? {} : { firmware }),
    ...(secureBoot && firmware === 'uefi' ? { secureBoot } : {}),
    ...(tpm ? { tpm } : {}),
    ...(watchdog === '' ? {} : { watchdog: { action: watchdog } }),
    ...(clipboard ? { clipboard } : {}),
    ...(drives.length === 0
      ? {}
      : { cdroms: drives.map((drive) => (drive === EMPTY_DRIVE ? {} : { imageId: drive })) }),
    ...(bootOrder.length === 0 ? {} : { bootOrder: [...bootOrder] }),
  };
}

/** One label a line, its value after a "=". */
export function parseLabels(text: string): Record<string, string> {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}
