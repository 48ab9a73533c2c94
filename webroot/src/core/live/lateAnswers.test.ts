import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../api/types';
import { itemKey, itemOptions, listKey, listOptions, type Collection } from './collection';
import { journal } from './journal';
import { applyToCache } from './stream';

interface Thing {
  id: string;
  version: number;
}

const event = (thing: Thing, change: ChangeEvent['change'] = 'changed'): ChangeEvent => ({
  kind: 'vm',
  id: thing.id,
  change,
  ...(change === 'deleted' ? {} : { resource: thing as unknown as Record<string, never> }),
});

describe('an answer that comes later than an event', () => {
  let queries: QueryClient;
  let answers: ((thing: Thing) => void)[];
  const answer = (version: number): void => answers.shift()?.({ id: 'a', version });
  const later = (): Promise<Thing> => new Promise((resolve) => answers.push(resolve));
  const things: Collection<Thing> = { kind: 'vm', get: later, list: async () => [await later()] };
  const hear = (change: ChangeEvent): void => {
    journal.record(change);
    applyToCache(queries, change);
  };
  const readItem = () => queries.query({ ...itemOptions(things, 'a'), retry: false });
  const readList = () => queries.query({ ...listOptions(things), retry: false });

  beforeEach(() => {
    queries = new QueryClient();
    answers = [];
    journal.clear();
  });
  afterEach(() => queries.clear());

  it('does not make a page older that is being read for the first time', async () => {
    const reading = readItem();
    hear(event({ id: 'a', version: 5 }));
    answer(4);
    expect(await reading).toEqual({ id: 'a', version: 5 });
  });

  it('does not make a page older that is shown', async () => {
    queries.setQueryData(itemKey('vm', 'a'), { id: 'a', version: 3 });
    hear(event({ id: 'a', version: 5 }));
    journal.clear();
    const reading = readItem();
    answer(4);
    expect(await reading).toEqual({ id: 'a', version: 5 });
  });

  it('does not make an entry of a list older', async () => {
    queries.setQueryData(listKey('vm'), [{ id: 'a', version: 3 }]);
    hear(event({ id: 'a', version: 5 }));
    journal.clear();
    const reading = readList();
    answer(4);
    expect(await reading).toEqual([{ id: 'a', version: 5 }]);
  });

  it('is shown where it is newer than what was heard', async () => {
    const reading = readItem();
    hear(event({ id: 'a', version: 5 }));
    hear(event({ id: 'b', version: 9 }));
    answer(6);
    expect(await reading).toEqual({ id: 'a', version: 6 });
  });

  it('does not bring back what was deleted meanwhile', async () => {
    const reading = readItem();
    hear(event({ id: 'a', version: 5 }, 'deleted'));
    answer(4);
    await expect(reading).rejects.toMatchObject({ status: 404 });
  });

  it('is asked for again when an event said only that something changed', async () => {
    const reading = readItem();
    hear({ kind: 'vm', id: 'a', change: 'changed' });
    answer(4);
    await expect.poll(() => answers.length).toBe(1);
    answer(5);
    expect(await reading).toEqual({ id: 'a', version: 5 });
  });
});
