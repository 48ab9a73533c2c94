import { keepPreviousData, useQuery, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { ChangeEvent, ChangeKind } from '../api/types';
import { journal } from './journal';
import { applyChange, keepNewer, type Identified } from './merge';

export interface Page<T> {
  items: readonly T[];
  nextCursor?: string;
  previousCursor?: string;
  /** How many there are on all pages, where the server was asked for that. */
  total?: number;
}

/** One page of a list that is too long to be read whole; a wish says which list. */
export interface Paged<T extends Identified, W> {
  kind: ChangeKind;
  page: (wish: W, cursor: string | undefined) => Promise<Page<T>>;
}

export const pagesKey = (kind: ChangeKind): [ChangeKind, string] => [kind, 'page'];

/** A page after one change. What is new is not placed: only the server knows on which page it belongs. */
export function applyToPage<T extends Identified>(page: Page<T>, event: ChangeEvent): Page<T> {
  if (!page.items.some((item) => item.id === event.id)) return page;
  const items = applyChange(page.items, event);
  return items === page.items ? page : { ...page, items };
}

export function usePage<T extends Identified, W>(
  paged: Paged<T, W>,
  wish: W,
  cursor: string | undefined,
): UseQueryResult<Page<T>> {
  const queryKey = [...pagesKey(paged.kind), wish, cursor ?? ''];
  return useQuery({
    queryKey,
    queryFn: async ({ client }) => {
      let around: Omit<Page<T>, 'items'> = {};
      const read = await journal.over(
        paged.kind,
        async () => {
          const { items, ...rest } = await paged.page(wish, cursor);
          around = rest;
          return items;
        },
        (list, event) => applyToPage({ items: list }, event).items,
      );
      return { ...around, items: keepNewer(client.getQueryData<Page<T>>(queryKey)?.items, read) };
    },
    placeholderData: keepPreviousData,
  });
}

const GATHER_MS = 400;
/** Where things come and go all the time, the pages are read no more often than this. */
const APART_MS = 3000;

/** Keeps the pages at hand fresh: changes at once, and one request for all that came or went together. */
export class PageRefresher {
  private readonly waiting = new Map<ChangeKind, ReturnType<typeof setTimeout>>();
  private readonly readAt = new Map<ChangeKind, number>();
  private readonly queries: QueryClient;

  constructor(queries: QueryClient) {
    this.queries = queries;
  }

  apply(event: ChangeEvent): void {
    const queryKey = pagesKey(event.kind);
    this.queries.setQueriesData<Page<Identified>>({ queryKey }, (page) => {
      const after = page && applyToPage(page, event);
      // Setting what is there already would call it fresh, although it may have to be read anew.
      return after === page ? undefined : after;
    });
    if (event.change === 'changed' && event.resource) return;
    if (this.waiting.has(event.kind)) return;
    const refresh = (): void => {
      this.waiting.delete(event.kind);
      this.readAt.set(event.kind, performance.now());
      void this.queries.invalidateQueries({ queryKey });
    };
    const left = (this.readAt.get(event.kind) ?? -Infinity) + APART_MS - performance.now();
    this.waiting.set(event.kind, setTimeout(refresh, Math.max(GATHER_MS, left)));
  }

  stop(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }
}
