import { describe, expect, it, vi } from 'vitest';
import { allPages } from './api/pages';
import { parseRetryAfter, toApiError } from './api/problem';
import type { ChangeEvent } from './api/types';
import { formatBytes, gibCeil, GIB } from './format/bytes';
import { formatAgo, formatDuration, formatUntil } from './format/time';
import { matches, sortRows } from './layout/sort';
import { ChangeJournal } from './live/journal';
import { applyChange, parseChange } from './live/merge';

const change = (id: string, resource?: object): ChangeEvent => ({
  kind: 'vm',
  id,
  change: resource ? 'changed' : 'deleted',
  ...(resource ? { resource: resource as Record<string, never> } : {}),
});

describe('problems', () => {
  it('carries every field error', () => {
    const errors = [{ field: 'name', message: 'taken' }];
    const error = toApiError(422, { title: 'Invalid', detail: 'No.', code: 'INVALID', errors }, null);
    expect(error).toMatchObject({ message: 'No.', code: 'INVALID', fieldErrors: errors, answered: true });
  });
  it('makes a field error of a lone field', () => {
    const error = toApiError(400, { title: 'Invalid', detail: 'Too big.', code: 'INVALID', field: 'vcpus' }, null);
    expect(error.fieldErrors).toEqual([{ field: 'vcpus', message: 'Too big.' }]);
  });
  it('copes with an answer that is no problem', () => {
    expect(toApiError(502, '<html>', null)).toMatchObject({ status: 502, answered: false });
  });
  it.each([
    ['27', 27],
    ['0.2', 1],
    ['Thu, 01 Jan 1970 00:01:00 GMT', 60],
    ['soon', undefined],
    [null, undefined],
  ])('reads Retry-After %s', (header, seconds) => expect(parseRetryAfter(header, 0)).toBe(seconds));
});

describe('lists', () => {
  it('reads to the last page', async () => {
    const read = vi.fn((cursor?: string) =>
      Promise.resolve(cursor ? { items: [2] } : { items: [1], nextCursor: 'next' }),
    );
    expect(await allPages(read)).toEqual([1, 2]);
    expect(read).toHaveBeenCalledTimes(2);
  });
  it('sorts numbers within names', () =>
    expect(sortRows(['vm10', 'vm2'], (name) => name, false)).toEqual(['vm2', 'vm10']));
  it('finds without regard to case', () => {
    expect(matches(' WEB', 'web-1')).toBe(true);
    expect(matches('db', 'web-1', undefined)).toBe(false);
  });
});

describe('changes', () => {
  it('adds, replaces and removes', () => {
    const one = applyChange([], change('a', { id: 'a', version: 1 }));
    expect(one).toEqual([{ id: 'a', version: 1 }]);
    expect(applyChange(one, change('a', { id: 'a', version: 2 }))).toEqual([{ id: 'a', version: 2 }]);
    expect(applyChange(one, change('a'))).toEqual([]);
  });
  it('keeps the newer of two versions', () => {
    const now = [{ id: 'a', version: 5 }];
    expect(applyChange(now, change('a', { id: 'a', version: 4 }))).toBe(now);
  });
  it('ignores what is no change', () => {
    expect(parseChange('nonsense')).toBeUndefined();
    expect(parseChange('{"id":1}')).toBeUndefined();
  });
  it('replays over a list what happened while the list was read', async () => {
    let now = 0;
    const journal = new ChangeJournal(() => now);
    journal.record(change('b'));
    now = 1;
    const list = await journal.over('vm', () => {
      now = 2;
      journal.record(change('a'));
      return Promise.resolve([{ id: 'a' }, { id: 'b' }]);
    });
    expect(list).toEqual([{ id: 'b' }]);
  });
});

describe('texts', () => {
  it.each([
    [0, '0 B'],
    [1536, '1.5 KiB'],
    [1024 * 1024 - 1, '1 MiB'],
    [10 * GIB, '10 GiB'],
    [-1, '–'],
  ])('writes %d bytes', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
  it('rounds GiB up', () => expect(gibCeil(2 * GIB + 1)).toBe(3));
  it('says how long', () => {
    expect(formatDuration('2026-01-01T00:00:00Z', '2026-01-01T00:03:05Z')).toBe('3 min 5 s');
    expect(formatAgo('2026-01-01T00:00:00Z', Date.parse('2026-01-02T01:00:00Z'))).toBe('yesterday');
    expect(formatUntil('2026-01-02T00:00:00Z', Date.parse('2026-01-01T00:00:01Z'))).toBe('23 h 59 min');
    expect(formatUntil('2026-01-02T00:00:00Z', Date.parse('2026-01-02T00:00:00Z'))).toBeUndefined();
  });
});
