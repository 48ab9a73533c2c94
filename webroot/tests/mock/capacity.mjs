// How full a pool was: grows, and nobody could use it for a while.
import { GIB } from './data.mjs';

const SPACING = { day: 300, week: 3600, month: 7200, year: 86400 };
const COUNT = { day: 288, week: 168, month: 360, year: 365 };
const AWAY = [0.6, 0.7];

export function capacityOverTime(period, pool) {
  const spacing = SPACING[period] ?? SPACING.day;
  const count = COUNT[period] ?? COUNT.day;
  const until = Math.floor(Date.now() / 1000);
  const from = until - (until % spacing) - (count - 1) * spacing;
  const time = (at) => new Date(at * 1000).toISOString();
  const samples = Array.from({ length: count }, (_, i) => i)
    .filter((i) => i < AWAY[0] * count || i > AWAY[1] * count)
    .map((i) => ({
      at: time(from + i * spacing),
      totalBytes: 500 * GIB,
      usedBytes: Math.round((100 + 88 * (i / count) + 6 * Math.sin(i / 9)) * GIB),
    }));
  return {
    from: time(from),
    until: time(until),
    spacingSeconds: spacing,
    samples: pool.capacityBytes === 0 ? [] : samples,
  };
}
