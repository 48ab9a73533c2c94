import { api, unwrap } from '../core/api/client';
import { allPages, pageQuery } from '../core/api/pages';
import type { Network } from '../core/api/types';
import type { Collection } from '../core/live/collection';

export const networks: Collection<Network> = {
  kind: 'network',
  list: () => allPages((cursor) => unwrap(api.GET('/networks', { params: { query: pageQuery(cursor) } }))),
  get: (networkId) => unwrap(api.GET('/networks/{networkId}', { params: { path: { networkId } } })),
};

export const networkPath = (networkId: string): string => `/networks/${networkId}`;
