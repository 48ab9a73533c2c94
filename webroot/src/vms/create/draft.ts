import type { CreateVm, Image } from '../../core/api/types';
import { formatBytes, GIB, gibCeil, MIB } from '../../core/format/bytes';
import { systemOf } from '../../images/system/system';

/** What is typed into the form, as it is typed. */
export interface Draft {
  name: string;
  description: string;
  imageId: string;
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

/** Whether the guest will know a way in at all. */
export function somebodyCanLogIn(draft: Draft): boolean {
  return draft.password !== '' || filledKeys(draft).length > 0;
}

/** The draft after another image was chosen: its user, unless one was typed, with a disk that holds it and memory that it needs. */
export function withImage(draft: Draft, image: Image, previous: Image | undefined): Draft {
  const userIsSuggested = draft.user === '' || draft.user === previous?.defaultUser;
  return {
    ...draft,
    imageId: image.id,
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

export function toRequest(draft: Draft): CreateVm {
  return {
    name: draft.name.trim(),
    ...(draft.description.trim() === '' ? {} : { description: draft.description.trim() }),
    vcpus: draft.vcpus,
    memoryBytes: Math.round(draft.memoryGib * 1024) * MIB,
    ...(draft.hostId === '' ? {} : { hostId: draft.hostId }),
    disks: [{ imageId: draft.imageId, sizeBytes: Math.round(draft.diskGib * GIB) }],
    nics: [{ network: draft.network }],
    cloudInit: cloudInit(draft),
    start: draft.start,
    waitForAgent: draft.start && draft.waitForAgent,
  };
}
