const TICKS = 4;

/** Round sizes from 0 to at least the most, as people divide them: 1, 2 or 5 of a power of two's unit. */
export function byteTicks(most: number): readonly number[] {
  if (most <= 0) return [0];
  return roundTicks(most, 1024 ** Math.max(0, Math.floor(Math.log(most) / Math.log(1024))));
}

/** Round numbers from 0 to at least the most: 1, 2 or 5 of a power of ten. */
export function decimalTicks(most: number): readonly number[] {
  return most <= 0 ? [0] : roundTicks(most, 1);
}

function roundTicks(most: number, unit: number): readonly number[] {
  const rough = most / unit / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power * unit;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
}
