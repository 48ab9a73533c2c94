import { AVAILABLE, unavailable, type Action } from '../../../core/actions/action';
import { api, ifUnchanged, unwrap } from '../../../core/api/client';
import type { Pool } from '../../../core/api/types';

async function setMaintenance(pool: Pool, maintenance: boolean): Promise<undefined> {
  await unwrap(
    api.PUT('/pools/{poolId}/maintenance', {
      params: { path: { poolId: pool.id }, header: ifUnchanged(pool) },
      body: { maintenance },
    }),
  );
  return undefined;
}

export const beginMaintenance: Action<Pool> = {
  id: 'maintenance',
  label: 'Begin maintenance',
  availability: (pool) => (pool.maintenance ? unavailable('It is in maintenance.') : AVAILABLE),
  confirm: (pool) => ({
    title: `Put ${pool.name} into maintenance?`,
    body: 'Nothing new is put into it until the maintenance ends. What is there goes on: VMs run with their disks.',
    confirmLabel: 'Begin maintenance',
  }),
  run: (pool) => setMaintenance(pool, true),
  doneMessage: (pool) => `${pool.name} is in maintenance`,
};

export const endMaintenance: Action<Pool> = {
  id: 'end-maintenance',
  label: 'End maintenance',
  availability: (pool) => (pool.maintenance ? AVAILABLE : unavailable('It is not in maintenance.')),
  run: (pool) => setMaintenance(pool, false),
  doneMessage: (pool) => `${pool.name} takes new volumes again`,
};
