import { useQuery } from '@tanstack/react-query';
import { api, once, unwrap } from '../core/api/client';
import type { SshKey } from '../core/api/types';

export const SSH_KEYS = ['own-ssh-keys'];

/** The public keys that the user keeps. */
export function useSshKeys() {
  return useQuery({
    queryKey: SSH_KEYS,
    queryFn: async () => (await unwrap(api.GET('/session/ssh-keys'))).items,
    staleTime: 10_000,
  });
}

export function addSshKey(name: string, publicKey: string, key: string): Promise<SshKey> {
  return unwrap(api.POST('/session/ssh-keys', { params: { header: once(key) }, body: { name, publicKey } }));
}

export async function deleteSshKey(keyId: string): Promise<void> {
  await unwrap(api.DELETE('/session/ssh-keys/{keyId}', { params: { path: { keyId } } }));
}
