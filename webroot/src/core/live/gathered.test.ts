import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeEvent } from '../api/types';
import { GatheredChanges } from './gathered';

const event = (id: string, change: ChangeEvent['change'], version = 1): ChangeEvent => ({
  kind: 'vm',
  id,
  change,
  resource: { id, version } as unknown as Record<string, never>,
});

describe('changes that come together', () => {
  let applied: (readonly ChangeEvent[])[];
  let gathered: GatheredChanges;

  beforeEach(() => {
    vi.useFakeTimers();
    applied = [];
    gathered = new GatheredChanges((changes) => applied.push(changes));
  });
  afterEach(() => vi.useRealTimers());

  it('are applied once, of each thing the last', () => {
    for (let version = 1; version <= 50; version++) gathered.add(event('a', 'changed', version));
    gathered.add(event('b', 'deleted'));
    expect(applied).toEqual([]);
    vi.runAllTimers();
    expect(applied).toEqual([[event('a', 'changed', 50), event('b', 'deleted')]]);
  });

  it('do not wait for a pause between them', () => {
    for (let i = 0; i < 50; i++) {
      gathered.add(event('a', 'changed', i));
      vi.advanceTimersByTime(20);
    }
    expect(applied.length).toBeGreaterThan(5);
  });

  it('tell that a thing is new though it has changed since', () => {
    gathered.add(event('a', 'created', 1));
    gathered.add(event('a', 'changed', 2));
    vi.runAllTimers();
    expect(applied).toEqual([[event('a', 'created', 2)]]);
  });

  it('are forgotten when everything is read again', () => {
    gathered.add(event('a', 'changed'));
    gathered.clear();
    vi.runAllTimers();
    expect(applied).toEqual([]);
  });
});
