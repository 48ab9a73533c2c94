import type { CreateVm } from '../../core/api/types';
import { GIB, MIB } from '../../core/format/bytes';
import { allAddresses } from './addresses';
import { cardRequest } from './cards';
import { isSetUp, machineOf, type Draft } from './draft';
import { furtherRequest, machineRequest, parseLabels, tuningRequest } from './hardware';
import { filledKeys, hasPassword, hasWayIn } from './logIn';
import { setUpRequest } from './setUp';
import { specOf } from './spec';
import { words } from './words';

/** Where a customization spec stands behind it, what is empty is said outright: else the spec's would be in force. */
const nothingOf = (draft: Draft) =>
  specOf(draft) ? { packages: [], runCommands: [], networks: [], agent: false, nobodyLogsIn: false } : {};

export function cloudInitOf(draft: Draft): NonNullable<CreateVm['cloudInit']> {
  const packages = words(draft.packages);
  const networks = allAddresses(draft.cards);
  return {
    ...nothingOf(draft),
    user: draft.user.trim(),
    sshKeys: filledKeys(draft),
    sshPasswordLogin: draft.sshPasswordLogin && hasPassword(draft),
    ...(draft.password === '' ? {} : { password: draft.password }),
    ...(packages.length > 0 ? { packages } : {}),
    ...(draft.nobodyLogsIn && !hasWayIn(draft) ? { nobodyLogsIn: true } : {}),
    ...setUpRequest(draft.setUp),
    ...(networks.length === 0 ? {} : { networks }),
  };
}

function ignition(draft: Draft): NonNullable<CreateVm['ignition']> {
  const { hostName, userData } = draft.setUp;
  return {
    user: draft.user.trim(),
    sshKeys: filledKeys(draft),
    ...(draft.password === '' ? {} : { password: draft.password }),
    ...(hostName.trim() === '' ? {} : { hostName: hostName.trim() }),
    ...(userData.trim() === '' ? {} : { config: userData }),
    ...(draft.nobodyLogsIn && !hasWayIn(draft) ? { nobodyLogsIn: true } : {}),
  };
}

export function cloudbaseOf(draft: Draft): NonNullable<CreateVm['cloudbase']> {
  const { hostName, userData } = draft.setUp;
  return {
    sshKeys: filledKeys(draft),
    ...(hostName.trim() === '' ? {} : { hostName: hostName.trim() }),
    ...(userData.trim() === '' ? {} : { userData }),
  };
}

/** How the guest is set up, by the program that its image has. */
function guestSetUp(draft: Draft): Pick<CreateVm, 'cloudInit' | 'ignition' | 'cloudbase' | 'customizationSpecId'> {
  if (!isSetUp(draft)) return {};
  if (draft.setUp.by === 'ignition') return { ignition: ignition(draft) };
  const spec = specOf(draft);
  return {
    ...(spec ? { customizationSpecId: spec.id } : {}),
    ...(draft.setUp.by === 'cloudbase' ? { cloudbase: cloudbaseOf(draft) } : { cloudInit: cloudInitOf(draft) }),
  };
}

function firstDisk(draft: Draft): CreateVm['disks'][number] {
  const { firstDisk: kind, imageId, volumeId, poolId, diskGib, tuning } = draft;
  if (kind === 'volume') return { volumeId, ...tuningRequest(tuning) };
  const machine = machineOf(draft);
  const begins = kind === 'empty' ? undefined : machine ? machine.bootImageId : imageId;
  return {
    ...(begins === undefined ? {} : { imageId: begins }),
    sizeBytes: Math.round(diskGib * GIB),
    ...(poolId === '' ? {} : { poolId }),
    ...tuningRequest(tuning),
  };
}

function organisation({ folder, labels }: Draft): Partial<CreateVm> {
  const parsed = parseLabels(labels);
  return {
    ...(folder.trim() === '' ? {} : { folder: folder.trim() }),
    ...(Object.keys(parsed).length === 0 ? {} : { labels: parsed }),
  };
}

export function toRequest(draft: Draft): CreateVm {
  const machine = machineOf(draft);
  return {
    name: draft.name.trim(),
    ...(draft.description.trim() === '' ? {} : { description: draft.description.trim() }),
    vcpus: draft.vcpus,
    memoryBytes: Math.round(draft.memoryGib * 1024) * MIB,
    ...(draft.hostId === '' ? {} : { hostId: draft.hostId }),
    ...organisation(draft),
    ...machineRequest(draft.hardware),
    disks: [firstDisk(draft), ...(machine?.disks ?? []), ...draft.furtherDisks.map(furtherRequest)],
    nics: draft.cards.map(cardRequest),
    ...guestSetUp(draft),
    start: draft.start,
    waitForAgent: draft.start && draft.waitForAgent && draft.firstDisk === 'image',
  };
}
