import type { Appliance, CreateVm, Image } from '../../core/api/types';
import { formatBytes, GIB, gibCeil, MIB } from '../../core/format/bytes';
import { systemOf } from '../../images/system/system';

/** What an appliance brings beside its first disk. */
export interface Machine {
  /** Undefined: the first disk begins empty. */
  bootImageId: string | undefined;
  /** Those behind the first one. */
  disks: readonly { imageId?: string; sizeBytes: number }[];
  /** That of each network card; there may be none. */
  networks: readonly string[];
  /** Whether cloud-init sets it up. */
  isSetUp: boolean;
}

/** What is typed into the form, as it is typed. */
export interface Draft {
  name: string;
  description: string;
  imageId: string;
  /** Undefined for a plain image. */
  machine: Machine | undefined;
  diskGib: number;
  vcpus: number;
  memoryGib: number;
  network: string;
  /** Empty: the scheduler chooses. */
  hostId: string;
  user: string;
  password: string;
  passwordAgain: string;
  sshKeys: readonly string[];
  sshPasswordLogin: boolean;
  packages: string;
  addressing: 'dhcp' | 'static';
  address: string;
  gateway: string;
  nameServers: string;
  start: boolean;
  waitForAgent: boolean;
}

export const EMPTY_DRAFT: Draft = {
  name: '',
  description: '',
  imageId: '',
  machine: undefined,
  diskGib: 10,
  vcpus: 2,
  memoryGib: 2,
  network: 'default',
  hostId: '',
  user: '',
  password: '',
  passwordAgain: '',
  sshKeys: [''],
  sshPasswordLogin: false,
  packages: '',
  addressing: 'dhcp',
  address: '',
  gateway: '',
  nameServers: '',
  start: true,
  waitForAgent: true,
};

/** Words separated by spaces, commas or lines. */
export function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

export function filledKeys(draft: Draft): string[] {
  return draft.sshKeys.map((key) => key.trim()).filter((key) => key !== '');
}

/** Whether cloud-init makes an account; an appliance may have ways in of its own. */
export const isSetUp = ({ machine }: Draft): boolean => machine?.isSetUp ?? true;

/** Whether the guest will know a way in at all. */
export function somebodyCanLogIn(draft: Draft): boolean {
  return !isSetUp(draft) || draft.password !== '' || filledKeys(draft).length > 0;
}

/** The draft after an appliance was chosen: its hardware, in place of what was there. */
function withAppliance(draft: Draft, image: Image, { vcpus, memoryBytes, nics, disks }: Appliance): Draft {
  const [boot, ...further] = disks;
  return {
    ...draft,
    imageId: image.id,
    vcpus,
    memoryGib: memoryBytes / GIB,
    diskGib: Math.max(gibCeil(boot?.capacityBytes ?? 0), 1),
    waitForAgent: false,
    machine: {
      bootImageId: boot?.imageId,
      disks: further.map(({ imageId, capacityBytes }) => ({
        ...(imageId === undefined ? {} : { imageId }),
        sizeBytes: capacityBytes,
      })),
      networks: nics.map(() => draft.network),
      isSetUp: false,
    },
  };
}

/** The draft after another image was chosen: its user, unless one was typed, with a disk that holds it and memory that it needs. */
export function withImage(draft: Draft, image: Image, previous: Image | undefined): Draft {
  if (image.appliance) return withAppliance(draft, image, image.appliance);
  const userIsSuggested = draft.user === '' || draft.user === previous?.defaultUser;
  return {
    ...draft,
    imageId: image.id,
    machine: undefined,
    user: userIsSuggested ? (image.defaultUser ?? '') : draft.user,
    diskGib: Math.max(draft.diskGib || 0, gibCeil(image.virtualSizeBytes), 1),
    memoryGib: Math.max(draft.memoryGib || 0, leastMemory(image) / GIB),
  };
}

const leastMemory = (image: Image): number => image.operatingSystem?.leastMemoryBytes ?? 0;

/** Said of less memory than the image's system needs; it may be meant. */
export function memoryWarning({ memoryGib }: Draft, image: Image | undefined): string | undefined {
  if (!image || !(memoryGib > 0) || memoryGib * GIB >= leastMemory(image)) return undefined;
  return `${systemOf(image) ?? 'The image'} needs ${formatBytes(leastMemory(image))} at least.`;
}

function cloudInit(draft: Draft): NonNullable<CreateVm['cloudInit']> {
  const packages = words(draft.packages);
  const nameServers = words(draft.nameServers);
  return {
    user: draft.user.trim(),
    sshKeys: filledKeys(draft),
    sshPasswordLogin: draft.sshPasswordLogin && draft.password !== '',
    ...(draft.password === '' ? {} : { password: draft.password }),
    ...(packages.length > 0 ? { packages } : {}),
    ...(draft.addressing === 'dhcp'
      ? {}
      : {
          network: {
            address: draft.address.trim(),
            ...(draft.gateway.trim() === '' ? {} : { gateway: draft.gateway.trim() }),
            ...(nameServers.length > 0 ? { nameServers } : {}),
          },
        }),
  };
}

function disks({ machine, imageId, diskGib }: Draft): CreateVm['disks'] {
  const boot = machine ? machine.bootImageId : imageId;
  const first = { ...(boot === undefined ? {} : { imageId: boot }), sizeBytes: Math.round(diskGib * GIB) };
  return [first, ...(machine?.disks ?? [])];
}

export function toRequest(draft: Draft): CreateVm {
  const networks = draft.machine?.networks ?? [draft.network];
  return {
    name: draft.name.trim(),
    ...(draft.description.trim() === '' ? {} : { description: draft.description.trim() }),
    vcpus: draft.vcpus,
    memoryBytes: Math.round(draft.memoryGib * 1024) * MIB,
    ...(draft.hostId === '' ? {} : { hostId: draft.hostId }),
    disks: disks(draft),
    nics: networks.map((network) => ({ network })),
    ...(isSetUp(draft) ? { cloudInit: cloudInit(draft) } : {}),
    start: draft.start,
    waitForAgent: draft.start && draft.waitForAgent,
  };
}
