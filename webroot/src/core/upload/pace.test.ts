import { describe, expect, it } from 'vitest';
import { PaceMeter, secondsLeft, silentSeconds } from './pace';

const MIB = 2 ** 20;

describe('the pace of an upload', () => {
  let now = 0;
  const meter = () => {
    now = 0;
    return new PaceMeter(() => now);
  };
  const after = (ms: number) => (now += ms);

  it('is not known from the first moments', () => {
    const pace = meter();
    pace.hear(0);
    after(900);
    const { bytesPerSecond } = pace.hear(MIB);
    expect(bytesPerSecond).toBeUndefined();
    expect(secondsLeft({ sentBytes: MIB, heardAt: now }, 2 * MIB)).toBeUndefined();
  });

  it('is that of the last seconds, and says how long the rest takes', () => {
    const pace = meter();
    pace.hear(0);
    after(60_000);
    pace.hear(MIB);
    after(4000);
    const known = pace.hear(9 * MIB);
    expect(known.bytesPerSecond).toBe(2 * MIB);
    expect(secondsLeft(known, 29 * MIB)).toBe(10);
  });

  it('is told anew once bytes were lost on the way', () => {
    const pace = meter();
    pace.hear(0);
    after(4000);
    pace.hear(8 * MIB);
    after(1000);
    expect(pace.hear(2 * MIB).bytesPerSecond).toBeUndefined();
    after(2000);
    expect(pace.hear(4 * MIB).bytesPerSecond).toBe(MIB);
  });

  it('promises no end while nothing goes on, and says so after a while', () => {
    const pace = meter();
    pace.hear(MIB);
    after(2000);
    const still = pace.hear(MIB);
    expect(secondsLeft(still, 2 * MIB)).toBeUndefined();
    expect(silentSeconds(still, now + 9000)).toBeUndefined();
    expect(silentSeconds(still, now + 12_000)).toBe(12);
  });
});
