import { api, unwrap } from '../core/api/client';
import { allPages, pageQuery } from '../core/api/pages';
import type { Pool, Snapshot, Volume } from '../core/api/types';
import type { Collection } from '../core/live/collection';

export const pools: Collection<Pool> = {
  kind: 'pool',
  list: async () => (await unwrap(api.GET('/pools'))).items,
  get: (poolId) => unwrap(api.GET('/pools/{poolId}', { params: { path: { poolId } } })),
};

export const volumes: Collection<Volume> = {
  kind: 'volume',
  list: () => allPages((cursor) => unwrap(api.GET('/volumes', { params: { query: pageQuery(cursor) } }))),
  get: (volumeId) => unwrap(api.GET('/volumes/{volumeId}', { params: { path: { volumeId } } })),
};

/** Oldest first. */
export const listSnapshots = async (volumeId: string): Promise<Snapshot[]> =>
  (await unwrap(api.GET('/volumes/{volumeId}/snapshots', { params: { path: { volumeId } } }))).items;

export const poolPath = (poolId: string): string => `/storage/pools/${poolId}`;
