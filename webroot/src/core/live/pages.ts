import { keepPreviousData, useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { ChangeEvent, ChangeKind } from '../api/types';
import { journal } from './journal';
import { applyChange, keepNewer, type Identified } from './merge';

export interface Page<T> {
  items: readonly T[];
  nextCursor?: string;
}

/** One page of a list that is too long to be read whole. */
export interface Paged<T extends Identified> {
  kind: ChangeKind;
  page: (search: string, cursor: string | undefined) => Promise<{ items: T[]; nextCursor?: string }>;
}

const pagesKey = (kind: ChangeKind): [ChangeKind, string] => [kind, 'page'];

/** A page after one change. What is new is not placed: only the server knows on which page it belongs. */
export function applyToPage<T extends Identified>(page: Page<T>, event: ChangeEvent): Page<T> {
  if (!page.items.some((item) => item.id === event.id)) return page;
  const items = applyChange(page.items, event);
  return items === page.items ? page : { ...page, items };
}

export function usePage<T extends Identified>(
  paged: Paged<T>,
  search: string,
  cursor: string | undefined,
): UseQueryResult<Page<T>> {
  const queryKey = [...pagesKey(paged.kind), search, cursor ?? ''];
  return useQuery({
    queryKey,
    queryFn: async ({ client }) => {
      let nextCursor: string | undefined;
      const read = await journal.over(
        paged.kind,
        async () => {
          const answer = await paged.page(search, cursor);
          nextCursor = answer.nextCursor;
          return answer.items;
        },
        (list, event) => applyToPage({ items: list }, event).items,
      );
      const items = keepNewer(client.getQueryData<Page<T>>(queryKey)?.items, read);
      return nextCursor === undefined ? { items } : { items, nextCursor };
    },
    placeholderData: keepPreviousData,
  });
}

const GATHER_MS = 400;

/** Keeps the pages at hand fresh: changes at once, and one request for all that came or went together. */
export class PageRefresher {
  private readonly waiting = new Map<ChangeKind, ReturnType<typeof setTimeout>>();
  private readonly queries: QueryClient;

  constructor(queries: QueryClient) {
    this.queries = queries;
  }

  apply(event: ChangeEvent): void {
    const queryKey = pagesKey(event.kind);
    this.queries.setQueriesData<Page<Identified>>({ queryKey }, (page) => page && applyToPage(page, event));
    if (event.change === 'changed' && event.resource) return;
    if (this.waiting.has(event.kind)) return;
    const refresh = (): void => {
      this.waiting.delete(event.kind);
      void this.queries.invalidateQueries({ queryKey });
    };
    this.waiting.set(event.kind, setTimeout(refresh, GATHER_MS));
  }

  stop(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }
}
