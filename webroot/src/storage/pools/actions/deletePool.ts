import { AVAILABLE, unavailable, type Action } from '../../../core/actions/action';
import { api, unwrap } from '../../../core/api/client';
import type { Pool } from '../../../core/api/types';

export const deletePool: Action<Pool> = {
  id: 'delete',
  label: 'Delete',
  danger: true,
  availability: (pool) => (pool.volumeCount > 0 ? unavailable('It still has volumes.') : AVAILABLE),
  confirm: (pool) => ({
    title: `Delete the pool ${pool.name}?`,
    body: 'LimiQuantix no longer uses it. Only an empty pool can be deleted.',
    confirmLabel: 'Delete',
  }),
  run: async (pool) => {
    await unwrap(api.DELETE('/pools/{poolId}', { params: { path: { poolId: pool.id } } }));
    return undefined;
  },
  doneMessage: (pool) => `Deleted the pool ${pool.name}`,
};
