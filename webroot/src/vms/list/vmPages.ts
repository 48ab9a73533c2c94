import { api, unwrap } from '../../core/api/client';
import { pageQuery } from '../../core/api/pages';
import type { Vm } from '../../core/api/types';
import type { Page, Paged } from '../../core/live/pages';
import { queryOf, type VmWish } from './wish';

export const PAGE = 100;

const read = (wish: VmWish, cursor: string | undefined, limit: number): Promise<Page<Vm>> =>
  unwrap(api.GET('/vms', { params: { query: { ...queryOf(wish), ...pageQuery(cursor, limit), count: true } } }));

export const vmPages: Paged<Vm, VmWish> = {
  kind: 'vm',
  page: (wish, cursor) => read(wish, cursor, PAGE),
};

/** The first so many VMs of a list, however many pages they take. */
export async function firstVms(wish: VmWish, most: number): Promise<Vm[]> {
  const found: Vm[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(wish, cursor, most - found.length);
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < most);
  return found;
}
