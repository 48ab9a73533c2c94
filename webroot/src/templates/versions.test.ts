import { describe, expect, it } from 'vitest';
import { neededBy, versionChoices } from './versions';

describe('the versions to choose among', () => {
  it('say which is the newest, and what is in each', () => {
    const versions = [
      { version: 3, note: '' },
      { version: 1, note: 'patched in May\nby Ada' },
    ];
    expect(versionChoices(versions)).toEqual([
      { value: '3', label: '3 (the newest)' },
      { value: '1', label: '1: patched in May' },
    ]);
  });
  it('say no more than fits', () => {
    const [only] = versionChoices([{ version: 1, note: 'x'.repeat(100) }]);
    expect(only?.label).toBe(`1: ${'x'.repeat(39)}…`);
  });
});

it.each([
  [[0, 0], 'None'],
  [[1], '1 VM'],
  [[2, 3], '5 VMs'],
])('%j are said as %s', (counts, words) => expect(neededBy(counts.map((dependents) => ({ dependents })))).toBe(words));
