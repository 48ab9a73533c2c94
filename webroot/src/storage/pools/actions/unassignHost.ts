import { AVAILABLE, unavailable, type Action } from '../../../core/actions/action';
import { api, unwrap } from '../../../core/api/client';
import type { Pool, PoolOnHost } from '../../../core/api/types';

interface Assignment {
  pool: Pool;
  host: PoolOnHost;
}

const nameOf = ({ host }: Assignment): string => host.hostName ?? host.hostId;

export const unassignHost: Action<Assignment> = {
  id: 'unassign',
  label: 'Take the pool away',
  danger: true,
  availability: ({ pool }) =>
    pool.hosts.length > 1 ? AVAILABLE : unavailable('It is the last host; delete the pool instead.'),
  confirm: (assignment) => ({
    title: `Take ${assignment.pool.name} from ${nameOf(assignment)}?`,
    body: 'Refused while a VM there has a disk in it, and, where hosts do not share the pool, while something lies there.',
    confirmLabel: 'Take away',
  }),
  run: async ({ pool, host }) => {
    await unwrap(
      api.DELETE('/pools/{poolId}/hosts/{hostId}', { params: { path: { poolId: pool.id, hostId: host.hostId } } }),
    );
    return undefined;
  },
  doneMessage: (assignment) => `${nameOf(assignment)} does not use ${assignment.pool.name} any more`,
};
