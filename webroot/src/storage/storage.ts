import { api, unwrap } from '../core/api/client';
import { allPages, pageQuery } from '../core/api/pages';
import type { Export, Pool, Snapshot, Volume } from '../core/api/types';
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

/** The files that were made of a volume, newest first. */
export const listExports = async (volumeId: string): Promise<Export[]> =>
  (await unwrap(api.GET('/volumes/{volumeId}/exports', { params: { path: { volumeId } } }))).items;

/** Oldest first. */
export const listSnapshots = async (volumeId: string): Promise<Snapshot[]> =>
  (await unwrap(api.GET('/volumes/{volumeId}/snapshots', { params: { path: { volumeId } } }))).items;

export const poolPath = (poolId: string): string => `/storage/pools/${poolId}`;
