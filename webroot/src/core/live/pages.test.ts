import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeEvent } from '../api/types';
import { PageRefresher, type Page } from './pages';

interface Thing {
  id: string;
  version: number;
  state?: string;
}

const event = (change: ChangeEvent['change'], thing: Thing): ChangeEvent => ({
  kind: 'vm',
  id: thing.id,
  change,
  ...(change === 'deleted' ? {} : { resource: thing as unknown as Record<string, never> }),
});

describe('a page of a long list', () => {
  const key = ['vm', 'page', '', ''];
  let queries: QueryClient;
  let refresher: PageRefresher;
  const page = (): Page<Thing> | undefined => queries.getQueryData(key);

  beforeEach(() => {
    vi.useFakeTimers();
    queries = new QueryClient();
    queries.setQueryData<Page<Thing>>(key, { items: [{ id: 'a', version: 2 }], nextCursor: 'more' });
    refresher = new PageRefresher(queries);
  });
  afterEach(() => {
    refresher.stop();
    queries.clear();
    vi.useRealTimers();
  });

  it('shows a change at once, without asking the server', () => {
    refresher.apply(event('changed', { id: 'a', version: 3, state: 'RUNNING' }));
    expect(page()?.items[0]?.state).toBe('RUNNING');
    expect(page()?.nextCursor).toBe('more');
    vi.runAllTimers();
    expect(queries.getQueryState(key)?.isInvalidated).toBe(false);
  });

  it('ignores what is older than what is shown, and what is on another page', () => {
    const before = page();
    refresher.apply(event('changed', { id: 'a', version: 1, state: 'STOPPED' }));
    refresher.apply(event('changed', { id: 'z', version: 1 }));
    expect(page()).toBe(before);
  });

  it('drops what was deleted at once', () => {
    refresher.apply(event('deleted', { id: 'a', version: 3 }));
    expect(page()?.items).toEqual([]);
  });

  it('asks the server once where many new things belong', () => {
    const invalidated = vi.spyOn(queries, 'invalidateQueries');
    for (const id of ['b', 'c', 'd']) refresher.apply(event('created', { id, version: 1 }));
    expect(invalidated).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(invalidated).toHaveBeenCalledTimes(1);
  });
});
