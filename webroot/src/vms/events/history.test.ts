import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../core/api/types';
import { entryRemark, entryTitle, entryTook, kindsOf, outcomeLook, periodStart } from './history';

describe('what happened to a VM', () => {
  it.each([
    ['EVENT', 'CRASHED', 'Crashed'],
    ['EVENT', 'NEWER_THAN_THIS_PAGE', 'NEWER_THAN_THIS_PAGE'],
    ['TASK', 'vm.force-stop', 'Force stop VM'],
    ['ACTION', 'openConsole', 'Open console'],
  ] as const)('%s %s is "%s"', (category, kind, title) => expect(entryTitle({ category, kind })).toBe(title));

  it('says how often, why, and what the VM was called', () => {
    const entry = { text: 'It ended.', times: 7, lastAt: '2026-11-30T10:00:00Z', name: 'web-1' };
    expect(entryRemark(entry, 'web-1')).toMatch(/^It ended\. 7 times, the last at .*\.$/);
    expect(entryRemark({ name: 'old' }, 'new')).toBe('Name: old');
    expect(entryRemark({ text: 'It ended.', name: 'web-1' }, 'web-1')).toBe('It ended.');
  });

  it('tells how long something took, once it has ended', () => {
    expect(entryTook({ startedAt: '2026-11-30T10:00:00Z', endedAt: '2026-11-30T10:00:12Z' })).toBe('12 s');
    expect(entryTook({ startedAt: '2026-11-30T10:00:00Z' })).toBe('–');
  });

  it('knows no end of an event', () => {
    const none: Pick<HistoryEntry, 'outcome'> = {};
    expect(outcomeLook(none)).toBeUndefined();
    expect(outcomeLook({ outcome: 'REFUSED' })).toMatchObject({ text: 'Refused', tone: 'warning' });
  });

  it('offers the kinds of a category', () => {
    expect(kindsOf('EVENT')).toContainEqual(['CRASHED', 'Crashed']);
    expect(kindsOf('TASK')).toContainEqual(['vm.create', 'Create VM']);
    expect(kindsOf('')).toEqual([]);
  });

  it('begins a period before now', () => {
    expect(periodStart('hour', Date.parse('2026-11-30T10:00:00Z'))).toBe('2026-11-30T09:00:00.000Z');
    expect(periodStart('')).toBe('');
  });
});
