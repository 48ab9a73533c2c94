import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ApiError } from '../api/problem';
import type { ChangeKind } from '../api/types';
import { journal } from './journal';
import { isStale, keepNewer, type Identified } from './merge';

/** The cache keys of every kind that the event stream speaks of: `[kind]` is the list, `[kind, id]` one thing. */
export const listKey = (kind: ChangeKind): [ChangeKind] => [kind];
export const itemKey = (kind: ChangeKind, id: string): [ChangeKind, string] => [kind, id];

export interface Collection<T extends Identified> {
  kind: ChangeKind;
  list: () => Promise<T[]>;
  get: (id: string) => Promise<T>;
}

export function listOptions<T extends Identified>(collection: Collection<T>) {
  const queryKey = listKey(collection.kind);
  return queryOptions({
    queryKey,
    queryFn: async ({ client }) => {
      const read = await journal.over(collection.kind, () => collection.list());
      return keepNewer(client.getQueryData<readonly T[]>(queryKey), read);
    },
  });
}

export function useList<T extends Identified>(collection: Collection<T>): UseQueryResult<readonly T[]> {
  return useQuery(listOptions(collection));
}

export function itemOptions<T extends Identified>(collection: Collection<T>, id: string) {
  const queryKey = itemKey(collection.kind, id);
  return queryOptions({
    queryKey,
    queryFn: async ({ client }) => {
      const read = await journal.overOne(collection.kind, id, () => collection.get(id));
      if (!read) throw new ApiError('It has been deleted.', 404, 'NOT_FOUND');
      const known = client.getQueryData<T>(queryKey);
      return known && isStale(known, read) ? known : read;
    },
  });
}

export function useItem<T extends Identified>(collection: Collection<T>, id: string): UseQueryResult<T> {
  return useQuery(itemOptions(collection, id));
}
