import type { CloneVm, CustomizationSpec, Vm } from '../../core/api/types';
import { hasSpecWayIn } from '../create/spec';
import { splitKeys, sshKeyError } from '../create/sshKeys';
import { cloneNames } from './cloneNames';

/** What is typed into the form, as it is typed. */
export interface CloneDraft {
  name: string;
  kind: CloneVm['kind'];
  /** Empty: what the source holds now. */
  snapshotId: string;
  quiesce: boolean;
  /** Empty: the scheduler chooses. */
  hostId: string;
  /** Where copies are to be, by volumes of the source; empty: where those are. */
  pools: Readonly<Record<string, string>>;
  folder: string;
  description: string;
  start: boolean;
  /** Whether its guest is not set up as the source's is. */
  otherwise: boolean;
  /** Whether it is set up by a customization spec; which one, once it is chosen. */
  bySpec: boolean;
  spec: CustomizationSpec | undefined;
  hostName: string;
  user: string;
  password: string;
  /** One a line. */
  sshKeys: string;
  /** A fixed address with its prefix; empty: DHCP. */
  address: string;
  gateway: string;
}

/** @param family of the template that is deployed */
export const draftOf = (vm: Vm, snapshotId: string, family?: string): CloneDraft => ({
  name: family === undefined ? `${vm.name}-clone` : `${family}-vm`,
  kind: 'FULL',
  snapshotId,
  quiesce: true,
  hostId: '',
  pools: {},
  folder: vm.folder ?? '',
  description: vm.description,
  start: false,
  otherwise: false,
  bySpec: false,
  spec: undefined,
  hostName: '',
  user: 'admin',
  password: '',
  sshKeys: '',
  address: '',
  gateway: '',
});

export type CloneErrors = Readonly<Record<string, string | undefined>>;

/** What the form itself can tell is wrong, by the server's names of the fields. */
export function cloneErrors(draft: CloneDraft): CloneErrors {
  const named = { name: cloneNames(draft.name).error };
  if (draft.bySpec) return { ...named, customizationSpecId: specError(draft.spec) };
  if (!draft.otherwise) return named;
  const keys = keysOf(draft.sshKeys);
  const noWayIn = keys.length === 0 && draft.password === '';
  return {
    ...named,
    'cloudInit.user': draft.user.trim() === '' ? 'A name is needed.' : undefined,
    'cloudInit.sshKeys': keys.map(sshKeyError).find((error) => error !== undefined),
    'cloudInit.password': noWayIn ? 'Nobody could log in: give a password or an SSH key.' : undefined,
  };
}

function specError(spec: CustomizationSpec | undefined): string | undefined {
  if (!spec) return 'Choose a customization spec.';
  return hasSpecWayIn(spec) ? undefined : 'Nobody could log in: the spec has neither a password nor an SSH key.';
}

/** Those that were typed. */
const keysOf = (text: string): string[] => (text.trim() === '' ? [] : splitKeys(text));

const filled = <K extends string>(field: K, text: string): { [F in K]?: string } =>
  (text.trim() === '' ? {} : { [field]: text.trim() }) as { [F in K]?: string };

function cloudInitOf(draft: CloneDraft): NonNullable<CloneVm['cloudInit']> {
  const { password } = draft;
  const network = { address: draft.address.trim(), ...filled('gateway', draft.gateway) };
  return {
    user: draft.user.trim(),
    sshKeys: keysOf(draft.sshKeys),
    ...filled('hostName', draft.hostName),
    sshPasswordLogin: password !== '',
    ...(password === '' ? {} : { password }),
    ...(network.address === '' ? {} : { network }),
  };
}

export function cloneRequest(draft: CloneDraft): CloneVm {
  const pools = Object.entries(draft.pools)
    .filter(([, poolId]) => poolId !== '')
    .map(([volumeId, poolId]) => ({ volumeId, poolId }));
  return {
    name: draft.name,
    kind: draft.kind,
    ...filled('snapshotId', draft.snapshotId),
    quiesce: draft.quiesce,
    ...filled('hostId', draft.hostId),
    ...(draft.kind === 'FULL' && pools.length > 0 ? { pools } : {}),
    description: draft.description,
    folder: draft.folder.trim(),
    start: draft.start,
    ...(draft.bySpec && draft.spec ? { customizationSpecId: draft.spec.id } : {}),
    ...(draft.otherwise ? { cloudInit: cloudInitOf(draft) } : {}),
  };
}
