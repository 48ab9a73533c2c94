import { api, unwrap } from '../core/api/client';
import type { Host } from '../core/api/types';
import type { Collection } from '../core/live/collection';

export const hosts: Collection<Host> = {
  kind: 'host',
  list: async () => (await unwrap(api.GET('/hosts'))).items,
  get: (hostId) => unwrap(api.GET('/hosts/{hostId}', { params: { path: { hostId } } })),
};
