import type { Appliance, CustomizationSpec, Image } from '../../core/api/types';
import { formatBytes, GIB, gibCeil } from '../../core/format/bytes';
import { systemOf } from '../../images/system/system';
import { PLAIN_CARD, type Card } from './cards';
import {
  PLAIN_HARDWARE,
  PLAIN_TUNING,
  suitedTo,
  type DiskKind,
  type FurtherDisk,
  type Hardware,
  type Tuning,
} from './hardware';
import { PLAIN_SET_UP, setterOf, type SetUp } from './setUp';

/** What an appliance brings beside its first disk. */
export interface Machine {
  /** Undefined: the first disk begins empty. */
  bootImageId: string | undefined;
  /** Those behind the first one. */
  disks: readonly { imageId?: string; sizeBytes: number }[];
  /** Whether cloud-init sets it up. */
  isSetUp: boolean;
}

/** What is typed into the form, as it is typed. */
export interface Draft {
  name: string;
  description: string;
  folder: string;
  /** One a line, as in "env=test". */
  labels: string;
  /** What the first disk begins as. */
  firstDisk: DiskKind;
  imageId: string;
  /** The first disk where it is there already. */
  volumeId: string;
  /** Where the first disk is made; empty: the platform chooses. */
  poolId: string;
  tuning: Tuning;
  /** Those behind the first one that were added here. */
  furtherDisks: readonly FurtherDisk[];
  hardware: Hardware;
  /** Undefined for a plain image. */
  machine: Machine | undefined;
  diskGib: number;
  vcpus: number;
  memoryGib: number;
  /** The network cards, in their order. */
  cards: readonly Card[];
  /** Empty: the scheduler chooses. */
  hostId: string;
  user: string;
  password: string;
  passwordAgain: string;
  sshKeys: readonly string[];
  /** Those of the user's profile that were chosen, as lines. */
  profileKeys: readonly string[];
  /** Confirmed that there is no way in. */
  nobodyLogsIn: boolean;
  sshPasswordLogin: boolean;
  setUp: SetUp;
  /** What the form was filled in from; its secrets are in force where none is typed. */
  spec: CustomizationSpec | undefined;
  packages: string;
  start: boolean;
  waitForAgent: boolean;
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  description: '',
  folder: '',
  labels: '',
  firstDisk: 'image',
  imageId: '',
  volumeId: '',
  poolId: '',
  tuning: PLAIN_TUNING,
  furtherDisks: [],
  hardware: PLAIN_HARDWARE,
  machine: undefined,
  diskGib: 10,
  vcpus: 2,
  memoryGib: 2,
  cards: [PLAIN_CARD],
  hostId: '',
  user: '',
  password: '',
  passwordAgain: '',
  sshKeys: [''],
  profileKeys: [],
  nobodyLogsIn: false,
  sshPasswordLogin: false,
  setUp: PLAIN_SET_UP,
  spec: undefined,
  packages: '',
  start: true,
  waitForAgent: true,
};

/** Whether cloud-init makes an account; an appliance may have ways in of its own. */
export const isSetUp = ({ machine, firstDisk }: Draft): boolean => firstDisk === 'image' && (machine?.isSetUp ?? true);

/** The firmware and the devices that suit the image, in place of those that suited the previous one; what was chosen stays. */
export function fittedTo(
  { tuning, hardware, cards }: Draft,
  image: Image,
  previous: Image | undefined,
): Pick<Draft, 'tuning' | 'hardware' | 'cards'> {
  const suits = suitedTo(image);
  const suited = previous ? suitedTo(previous) : { isPlain: false };
  const chosen = hardware.firmware === suited.firmware ? 'bios' : hardware.firmware;
  const fit = <T extends string>(now: T, plain: T, usual: T): T => {
    if (suits.isPlain) return plain;
    return suited.isPlain && now === plain ? usual : now;
  };
  return {
    tuning: { ...tuning, bus: fit(tuning.bus, 'sata', 'virtio') },
    hardware: {
      ...hardware,
      firmware: suits.firmware ?? chosen,
    },
    cards: cards.map((card) => ({ ...card, model: fit(card.model, 'e1000e', 'virtio') })),
  };
}

/** The draft after an appliance was chosen: its hardware, in place of what was there. */
function withAppliance(draft: Draft, image: Image, appliance: Appliance, previous: Image | undefined): Draft {
  const { vcpus, memoryBytes, nics, disks } = appliance;
  const [boot, ...further] = disks;
  const cards = nics.map((_nic, i) => draft.cards[i] ?? PLAIN_CARD);
  return {
    ...draft,
    imageId: image.id,
    vcpus,
    memoryGib: memoryBytes / GIB,
    diskGib: Math.max(gibCeil(boot?.capacityBytes ?? 0), 1),
    waitForAgent: false,
    ...fittedTo({ ...draft, cards }, image, previous),
    machine: {
      bootImageId: boot?.imageId,
      disks: further.map(({ imageId, capacityBytes }) => ({
        ...(imageId === undefined ? {} : { imageId }),
        sizeBytes: capacityBytes,
      })),
      isSetUp: false,
    },
  };
}

/** The draft after another image was chosen: its user, unless one was typed, with a disk that holds it and memory that it needs. */
export function withImage(draft: Draft, image: Image, previous: Image | undefined): Draft {
  if (image.appliance) return withAppliance(draft, image, image.appliance, previous);
  const userIsSuggested = draft.user === '' || draft.user === previous?.defaultUser;
  // An appliance may have had none.
  const cards = draft.cards.length === 0 ? [PLAIN_CARD] : draft.cards;
  return {
    ...draft,
    imageId: image.id,
    machine: undefined,
    ...fittedTo({ ...draft, cards }, image, previous),
    user: userIsSuggested ? (image.defaultUser ?? '') : draft.user,
    setUp: { ...draft.setUp, by: setterOf(image.operatingSystem?.distribution) },
    diskGib: Math.max(draft.diskGib || 0, gibCeil(image.virtualSizeBytes), 1),
    memoryGib: Math.max(draft.memoryGib || 0, leastMemory(image) / GIB),
  };
}

const leastMemory = (image: Image): number => image.operatingSystem?.leastMemoryBytes ?? 0;

/** The draft after another ISO was put into a drive; what is installed from the first one needs its hardware. */
export function withIso(
  draft: Draft,
  drive: number,
  chosen: string,
  iso: Image | undefined,
  previous: Image | undefined,
): Draft {
  const drives = draft.hardware.drives.with(drive, chosen);
  const named = { ...draft, hardware: { ...draft.hardware, drives } };
  if (!iso || drive > 0 || draft.firstDisk !== 'empty') return named;
  const memoryGib = Math.max(draft.memoryGib || 0, leastMemory(iso) / GIB);
  return { ...named, ...fittedTo(named, iso, previous), memoryGib };
}

/** Said of less memory than the image's system needs; it may be meant. */
export function memoryWarning({ memoryGib }: Draft, image: Image | undefined): string | undefined {
  if (!image || !(memoryGib > 0) || memoryGib * GIB >= leastMemory(image)) return undefined;
  return `${systemOf(image) ?? 'The image'} needs ${formatBytes(leastMemory(image))} at least.`;
}

/** An appliance's machine, where the VM begins as one. */
export const machineOf = ({ firstDisk, machine }: Draft): Machine | undefined =>
  firstDisk === 'image' ? machine : undefined;

/** How many disks an appliance has behind its first one: those that were added here come after them. */
export const ownDisks = (draft: Draft): number => machineOf(draft)?.disks.length ?? 0;
