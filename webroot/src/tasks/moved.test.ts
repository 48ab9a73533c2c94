import { describe, expect, it } from 'vitest';
import { movedText } from './moved';

const MIB = 1024 * 1024;

describe('what a task has moved', () => {
  it('is told with its pace and what is left', () => {
    const pace = { sentBytes: 10 * MIB, heardAt: 1000, bytesPerSecond: 2 * MIB };
    expect(movedText({ bytes: 10 * MIB, totalBytes: 40 * MIB }, pace, 1500)).toBe(
      '10 MiB of 40 MiB, 2 MiB/s, 15 s left',
    );
  });

  it('has no end where nobody knows how much it is', () => {
    const pace = { sentBytes: 10 * MIB, heardAt: 1000, bytesPerSecond: 2 * MIB };
    expect(movedText({ bytes: 10 * MIB }, pace, 1500)).toBe('10 MiB, 2 MiB/s');
  });

  it('has no pace before enough was heard, or of what was heard of another state', () => {
    expect(movedText({ bytes: MIB, totalBytes: 2 * MIB }, undefined, 0)).toBe('1 MiB of 2 MiB');
    const old = { sentBytes: 1, heardAt: 0, bytesPerSecond: 5 };
    expect(movedText({ bytes: MIB, totalBytes: 2 * MIB }, old, 0)).toBe('1 MiB of 2 MiB');
  });

  it('says that nothing comes', () => {
    const pace = { sentBytes: MIB, heardAt: 0, bytesPerSecond: MIB };
    expect(movedText({ bytes: MIB, totalBytes: 2 * MIB }, pace, 30_000)).toContain('nothing has come for 30 s');
  });
});
