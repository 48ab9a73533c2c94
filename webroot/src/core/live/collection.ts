import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ChangeKind } from '../api/types';
import { journal } from './journal';
import type { Identified } from './merge';

/** The cache keys of every kind that the event stream speaks of: `[kind]` is the list, `[kind, id]` one thing. */
export const listKey = (kind: ChangeKind): [ChangeKind] => [kind];
export const itemKey = (kind: ChangeKind, id: string): [ChangeKind, string] => [kind, id];

export interface Collection<T extends Identified> {
  kind: ChangeKind;
  list: () => Promise<T[]>;
  get: (id: string) => Promise<T>;
}

export function listOptions<T extends Identified>(collection: Collection<T>) {
  return queryOptions({
    queryKey: listKey(collection.kind),
    queryFn: () => journal.over(collection.kind, () => collection.list()),
  });
}

export function useList<T extends Identified>(collection: Collection<T>): UseQueryResult<readonly T[]> {
  return useQuery(listOptions(collection));
}

export function useItem<T extends Identified>(collection: Collection<T>, id: string): UseQueryResult<T> {
  return useQuery({
    queryKey: itemKey(collection.kind, id),
    queryFn: () => collection.get(id),
  });
}
