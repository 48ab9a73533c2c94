import type { operations } from '../../core/api/schema';
import { wishOf } from '../vms';

type Query = NonNullable<operations['listVms']['parameters']['query']>;
export type VmState = NonNullable<Query['state']>;
export type VmSort = NonNullable<Query['sort']>;

/** Which VMs are to be listed, and in which order. */
export interface VmWish {
  /** What is typed: parts of a name, "folder:team/web", "label:env=test", "os:debian". */
  typed: string;
  state?: VmState;
  hostId?: string;
  poolId?: string;
  sort?: VmSort;
  descending?: boolean;
}

/** Each state with what a person calls it, in the order of its filter. */
export const STATES: readonly (readonly [VmState, string])[] = [
  ['RUNNING', 'Running'],
  ['STOPPED', 'Stopped'],
  ['PAUSED', 'Paused'],
  ['SUSPENDED', 'Suspended'],
  ['CRASHED', 'Crashed'],
  ['UNKNOWN', 'Unknown'],
  ['LOST', 'Lost'],
  ['CREATING', 'Creating'],
  ['DELETING', 'Deleting'],
];

export const SORTS: readonly VmSort[] = ['NAME', 'STATE', 'VCPUS', 'MEMORY', 'HOST', 'FOLDER', 'SYSTEM', 'CREATED'];

/** Whether anything leaves VMs out. */
export const filters = ({ typed, state, hostId, poolId }: VmWish): boolean =>
  typed !== '' || state !== undefined || hostId !== undefined || poolId !== undefined;

/** What decides which VMs there are, whatever their order. */
export const filterKey = ({ typed, state, hostId, poolId }: VmWish): string =>
  JSON.stringify([typed, state, hostId, poolId]);

/** As the server is asked. */
export const queryOf = ({ typed, ...rest }: VmWish): Query => ({ ...wishOf(typed), ...rest });
