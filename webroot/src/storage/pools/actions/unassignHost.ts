import { AVAILABLE, unavailable, type Action } from '../../../core/actions/action';
import { api, unwrap } from '../../../core/api/client';
import type { Host, Pool, PoolOnHost } from '../../../core/api/types';

interface Assignment {
  pool: Pool;
  host: PoolOnHost;
  /** Whether the host answers; undefined for one that is not known any more. */
  hostState: Host['state'] | undefined;
}

const LAST = unavailable('It is the last host; delete the pool instead.');

const nameOf = ({ host }: Assignment): string => host.hostName ?? host.hostId;

async function take({ pool, host }: Assignment, force: boolean): Promise<undefined> {
  const path = { poolId: pool.id, hostId: host.hostId };
  await unwrap(
    api.DELETE('/pools/{poolId}/hosts/{hostId}', { params: { path, ...(force ? { query: { force } } : {}) } }),
  );
  return undefined;
}

export const unassignHost: Action<Assignment> = {
  id: 'unassign',
  label: 'Take the pool away',
  danger: true,
  availability: ({ pool }) => (pool.hosts.length > 1 ? AVAILABLE : LAST),
  confirm: (assignment) => ({
    title: `Take ${assignment.pool.name} from ${nameOf(assignment)}?`,
    body: 'Refused while a VM there has a disk in it, and, where hosts do not share the pool, while something lies there.',
    confirmLabel: 'Take away',
  }),
  run: (assignment) => take(assignment, false),
  doneMessage: (assignment) => `${nameOf(assignment)} does not use ${assignment.pool.name} any more`,
};

/** For a host that cannot be asked. */
export const unassignDeadHost: Action<Assignment> = {
  id: 'unassign-dead',
  label: 'Take away without the host',
  danger: true,
  availability: ({ pool, hostState }) => {
    if (pool.hosts.length <= 1) return LAST;
    return hostState === 'UP' ? unavailable('The host is up: it gives the pool up itself.') : AVAILABLE;
  },
  confirm: (assignment) => ({
    title: `Take ${assignment.pool.name} from ${nameOf(assignment)} without asking it?`,
    body:
      'The host does not answer, so it is not asked. When it comes back, it is made to close the pool; what the pool holds stays.' +
      ' Refused while VMs that are on the host as far as is known have disks in the pool, as they may still be running there,' +
      ' and while something of the pool lies on that host alone.',
    confirmLabel: 'Take away',
  }),
  run: (assignment) => take(assignment, true),
  doneMessage: (assignment) => `${nameOf(assignment)} is not a host of ${assignment.pool.name} any more`,
};
