import { api, unwrap } from '../core/api/client';
import { allPages, pageQuery } from '../core/api/pages';
import type { Vm } from '../core/api/types';
import type { Collection } from '../core/live/collection';

export const vms: Collection<Vm> = {
  kind: 'vm',
  // Templates too: what disks and networks name is to be found.
  list: () =>
    allPages((cursor) => {
      const query = { ...pageQuery(cursor), templates: 'include' as const };
      return unwrap(api.GET('/vms', { params: { query } }));
    }),
  get: (vmId) => unwrap(api.GET('/vms/{vmId}', { params: { path: { vmId } } })),
};

interface TypedWish {
  search?: string;
  folder?: string;
  label?: string;
  system?: string;
}

const FIELDS = { folder: 'folder', label: 'label', os: 'system' } as const;

/** What is searched for: parts of a name, "folder:team/web", "label:env=test" and "os:debian". */
export function wishOf(typed: string): TypedWish {
  const wish: TypedWish = {};
  // What has a space in it is put into quotes.
  const field = /(?:^|\s)(folder|label|os):(?:"([^"]*)"|(\S+))/g;
  const rest = typed.replace(field, (_all, kind: keyof typeof FIELDS, quoted, plain) => {
    const said = String(quoted ?? plain);
    if (said !== '') wish[FIELDS[kind]] = said;
    return ' ';
  });
  const search = rest.replace(/\s+/g, ' ').trim();
  return search === '' ? wish : { ...wish, search };
}

/** How that is typed. */
export function typedWish(kind: 'folder' | 'label', said: string): string {
  return /\s/.test(said) ? `${kind}:"${said}"` : `${kind}:${said}`;
}

/** Those that can run. */
export const withoutTemplates = (all: readonly Vm[]): readonly Vm[] => all.filter(({ template }) => !template);

export const vmPath = (id: string): string => `/vms/${id}`;

/** The addresses that a user would type, IPv4 first, without those that only the link knows. */
export function addressesOf(vm: Vm): string[] {
  const all = (vm.guest?.addresses ?? []).map((address) => address.ip).filter(isReachable);
  return [...new Set([...all.filter((ip) => !ip.includes(':')), ...all.filter((ip) => ip.includes(':'))])];
}

function isReachable(ip: string): boolean {
  const lower = ip.toLowerCase();
  return lower !== '::1' && !lower.startsWith('127.') && !lower.startsWith('fe80:') && !lower.startsWith('169.254.');
}
