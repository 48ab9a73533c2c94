import { describe, expect, it } from 'vitest';
import { GIB, MIB } from '../format/bytes';
import { byteTicks } from './byteTicks';
import { withGaps } from './gaps';

describe('a chart over time', () => {
  it('draws no line over a time in which nothing was seen', () => {
    const points = [0, 300, 600, 1800, 2100].map((at) => ({ at, values: [at, 1] }));
    expect(withGaps(points, 300, 2)).toEqual([
      [0, 300, 600, 900, 1800, 2100],
      [0, 300, 600, null, 1800, 2100],
      [1, 1, 1, null, 1, 1],
    ]);
  });

  it('has no gap where samples are a little late, and nothing of nothing', () => {
    expect(
      withGaps(
        [
          { at: 0, values: [1] },
          { at: 400, values: [2] },
        ],
        300,
        1,
      ),
    ).toEqual([
      [0, 400],
      [1, 2],
    ]);
    expect(withGaps([], 300, 2)).toEqual([[], [], []]);
  });

  it('divides sizes by round numbers of their unit', () => {
    expect(byteTicks(400 * GIB)).toEqual([0, 100, 200, 300, 400].map((n) => n * GIB));
    expect(byteTicks(7 * MIB)).toEqual([0, 2, 4, 6, 8].map((n) => n * MIB));
    expect(byteTicks(0)).toEqual([0]);
  });
});
