import type { Image, SystemFacts } from '../../core/api/types';
import { formatBytes, MIB } from '../../core/format/bytes';

type Known = NonNullable<Image['operatingSystem']>;
type Source = NonNullable<Known['learnedFrom']['system']>;

const SOURCES: Readonly<Record<Source, string>> = {
  USER: 'a user said so',
  CATALOGUE: 'its entry of the catalogue says so',
  ISO: 'the ISO says so',
  NAME: 'by its name',
  OVF: 'its appliance says so',
  OSINFO: 'libosinfo knows its label',
  TABLE: 'usual for this system',
};

/** As in "Debian 12". */
export function systemOf({ operatingSystem: system }: Pick<Image, 'operatingSystem'>): string | undefined {
  return system?.distribution && [system.distribution, system.version].filter(Boolean).join(' ');
}

const learned = (source: Source | undefined): string => (source ? ` (${SOURCES[source]})` : '');

/** With where it was learned from, as in "Debian 12 (by its name)". */
export function systemFact(image: Pick<Image, 'operatingSystem'>): string | undefined {
  const system = systemOf(image);
  return system && system + learned(image.operatingSystem?.learnedFrom.system);
}

export function memoryFact({ operatingSystem: system }: Pick<Image, 'operatingSystem'>): string | undefined {
  const bytes = system?.leastMemoryBytes;
  return bytes ? formatBytes(bytes) + learned(system.learnedFrom.leastMemoryBytes) : undefined;
}

export function firmwareFact({ operatingSystem: system }: Pick<Image, 'operatingSystem'>): string | undefined {
  const firmware = system?.firmware;
  return firmware && `${firmware.toUpperCase()} only${learned(system.learnedFrom.firmware)}`;
}

/** Whether it finds virtio devices, which VMs here have. */
export function virtioFact({ operatingSystem: system }: Pick<Image, 'operatingSystem'>): string | undefined {
  if (system?.virtio === undefined) return undefined;
  return (system.virtio ? 'Has drivers' : 'Has no drivers by itself') + learned(system.learnedFrom.virtio);
}

/** What is to be known before a VM is made of it. */
export function startWarning(image: Image | undefined): string | undefined {
  if (image?.state === 'DEPRECATED') return 'It is deprecated: it works, and a newer one may be better.';
  return undefined;
}

/** Which hardware was chosen for it, and why. */
export function hardwareHint(image: Image | undefined): string | undefined {
  const system = image?.operatingSystem;
  const firmware = system?.firmware === 'uefi' && 'It boots with UEFI only, which is chosen for it.';
  const devices =
    system?.virtio === false && 'It has no virtio drivers, so its disk is on SATA and its card an e1000e.';
  return [firmware, devices].filter(Boolean).join(' ') || undefined;
}

/** What is typed of a system, as it is typed. */
export interface TypedSystem {
  distribution: string;
  version: string;
  /** Empty: by the distribution. */
  family: string;
  memoryMib: string;
  firmware: string;
  /** Empty, `yes` or `no`. */
  virtio: string;
}

/** What is believed now. */
export function typedSystem({ operatingSystem: system }: Pick<Image, 'operatingSystem'>): TypedSystem {
  return {
    distribution: system?.distribution ?? '',
    version: system?.version ?? '',
    family: system?.family ?? '',
    memoryMib: system?.leastMemoryBytes ? String(Math.ceil(system.leastMemoryBytes / MIB)) : '',
    firmware: system?.firmware ?? '',
    virtio: system?.virtio === undefined ? '' : system.virtio ? 'yes' : 'no',
  };
}

export function memoryError({ memoryMib }: TypedSystem): string | undefined {
  const typed = memoryMib.trim();
  return typed === '' || (/^\d{1,7}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= 1 << 20)
    ? undefined
    : 'A whole number of MiB.';
}

export function distributionError({ distribution, version }: TypedSystem): string | undefined {
  return distribution.trim() === '' && version.trim() !== '' ? 'A version of which system?' : undefined;
}

const FACTS = ['system', 'leastMemoryBytes', 'firmware', 'virtio'] as const;
type Fact = (typeof FACTS)[number];

const FIELDS_OF: Readonly<Record<Fact, readonly (keyof TypedSystem)[]>> = {
  system: ['distribution', 'version', 'family'],
  leastMemoryBytes: ['memoryMib'],
  firmware: ['firmware'],
  virtio: ['virtio'],
};

function said(fact: Fact, typed: TypedSystem): SystemFacts {
  const value = typed[FIELDS_OF[fact][0] ?? 'distribution'].trim();
  if (value === '') return {};
  switch (fact) {
    case 'system':
      return {
        distribution: value,
        ...(typed.version.trim() === '' ? {} : { version: typed.version.trim() }),
        ...(typed.family === '' ? {} : { family: typed.family as NonNullable<SystemFacts['family']> }),
      };
    case 'leastMemoryBytes':
      return { leastMemoryBytes: Number(value) * MIB };
    case 'firmware':
      return { firmware: value as NonNullable<SystemFacts['firmware']> };
    case 'virtio':
      return { virtio: value === 'yes' };
  }
}

/**
 * What the user says, with what users said before; undefined when nothing was typed otherwise. What was found out and left alone
 * stays found out, and what was emptied is left to be found out.
 */
export function statedSystem(image: Pick<Image, 'operatingSystem'>, typed: TypedSystem): SystemFacts | undefined {
  const before = typedSystem(image);
  const isTyped = (fact: Fact) => FIELDS_OF[fact].some((field) => typed[field].trim() !== before[field]);
  if (!FACTS.some(isTyped)) return undefined;
  const source = image.operatingSystem?.learnedFrom;
  const stated = FACTS.filter((fact) => isTyped(fact) || source?.[fact] === 'USER');
  return Object.assign({}, ...stated.map((fact) => said(fact, typed))) as SystemFacts;
}
