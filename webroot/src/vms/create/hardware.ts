import type { CreateVm, Image, VmDisk } from '../../core/api/types';
import { GIB, MIB } from '../../core/format/bytes';

type DiskSpec = CreateVm['disks'][number];
type NicSpec = NonNullable<CreateVm['nics']>[number];

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
  sizeGib: number;
  tuning: Tuning;
}

export const NEW_DISK: FurtherDisk = { kind: 'empty', imageId: '', volumeId: '', sizeGib: 10, tuning: PLAIN_TUNING };

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
  /** What it boots from first; empty: what is sensible. */
  bootFirst: '' | 'disk0' | 'cdrom0' | 'nic0';
  /** The ISO in the CD-ROM drive; empty: no drive. */
  isoId: string;
  nicModel: 'virtio' | 'e1000e';
  /** Empty: one of the platform's. */
  mac: string;
  linkUp: boolean;
}

export const PLAIN_HARDWARE: Hardware = {
  firmware: 'bios',
  secureBoot: false,
  tpm: false,
  cpuModel: '',
  sockets: NaN,
  cores: NaN,
  threads: NaN,
  watchdog: '',
  bootFirst: '',
  isoId: '',
  nicModel: 'virtio',
  mac: '',
  linkUp: true,
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

export function furtherRequest({ kind, imageId, volumeId, sizeGib, tuning }: FurtherDisk): DiskSpec {
  if (kind === 'volume') return { volumeId, ...tuningRequest(tuning) };
  return {
    ...(kind === 'image' ? { imageId } : {}),
    sizeBytes: Math.round(sizeGib * GIB),
    ...tuningRequest(tuning),
  };
}

export function nicRequest(network: string, { nicModel, linkUp }: Hardware, mac = ''): NicSpec {
  return {
    network,
    ...(mac === '' ? {} : { mac }),
    ...(nicModel === 'virtio' ? {} : { model: nicModel }),
    ...(linkUp ? {} : { linkUp }),
  };
}

const number = (name: string, typed: number) => (Number.isNaN(typed) ? {} : { [name]: typed });

export function machineRequest(hardware: Hardware): Partial<CreateVm> {
  const { firmware, secureBoot, tpm, cpuModel, watchdog, bootFirst, isoId } = hardware;
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
    ...(isoId === '' ? {} : { cdroms: [{ imageId: isoId }] }),
    ...(bootFirst === '' ? {} : { bootOrder: bootFirst === 'disk0' ? ['disk0'] : [bootFirst, 'disk0'] }),
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
