const TICKS = 4;

/** Round sizes from 0 to at least the most, as people divide them: 1, 2 or 5 of a power of two's unit. */
export function byteTicks(most: number): readonly number[] {
  if (most <= 0) return [0];
  const unit = 1024 ** Math.floor(Math.log(most) / Math.log(1024));
  const rough = most / unit / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power * unit;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
}
