import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../core/api/client';
import type { Host } from '../core/api/types';
import type { Collection } from '../core/live/collection';

export const hosts: Collection<Host> = {
  kind: 'host',
  list: async () => (await unwrap(api.GET('/hosts'))).items,
  get: (hostId) => unwrap(api.GET('/hosts/{hostId}', { params: { path: { hostId } } })),
};

/** Networks follow from what the hosts report, so they are read anew whenever a form asks. */
export function useNetworks() {
  return useQuery({
    queryKey: ['network'],
    queryFn: async () => (await unwrap(api.GET('/networks'))).items,
    staleTime: 10_000,
  });
}
