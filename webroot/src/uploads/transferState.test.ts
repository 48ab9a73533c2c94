import { describe, expect, it } from 'vitest';
import type { Task } from '../core/api/types';
import type { Transfer } from '../core/upload/transfers';
import { percentOf, shown } from './transferState';

const MIB = 2 ** 20;
const transfer = (more: Partial<Transfer>): Transfer => ({
  id: 1,
  path: '/a',
  name: 'a',
  totalBytes: 100 * MIB,
  state: 'sending',
  pace: { sentBytes: 40 * MIB, heardAt: 0, bytesPerSecond: 10 * MIB },
  cancel: () => undefined,
  ...more,
});
const task = (more: Partial<Task>): Task => ({ state: 'RUNNING', ...more }) as Task;
const text = (more: Partial<Transfer>, known?: Task, now = 0): string => shown(transfer(more), known, now).text;

describe('an upload', () => {
  it('says how far it is, how fast it goes and when it ends', () => {
    expect(text({})).toBe('40 MiB of 100 MiB, 10 MiB/s, 6 s left');
    expect(text({ pace: { sentBytes: 0, heardAt: 0 } })).toBe('0 B of 100 MiB');
    expect(text({}, undefined, 75_000)).toBe('40 MiB of 100 MiB, nothing has gone on for 1 min 15 s');
    expect(text({ pace: { sentBytes: 100 * MIB, heardAt: 0 } })).toMatch(/the host writes the last of it/);
    expect(percentOf(transfer({}))).toBe(40);
  });

  it('says why it broke off, and when it goes on', () => {
    const pause = { reason: 'The server cannot be reached.', until: 8000 };
    expect(shown(transfer({ pause }), undefined, 1000)).toEqual({
      text: 'It broke off and goes on in 7 s. The server cannot be reached.',
      variant: 'warning',
    });
  });

  it('says what becomes of the bytes once they are there', () => {
    const sent = { state: 'sent' } as const;
    expect(text(sent)).toBe('Sent; it is being checked.');
    expect(text(sent, task({}))).toBe('Sent; it is being checked.');
    expect(shown(transfer(sent), task({ state: 'SUCCEEDED' }), 0).variant).toBe('success');
    const failure = { code: 'INVALID', message: 'Its SHA-256 is another one.', details: {} };
    expect(shown(transfer(sent), task({ state: 'FAILED', failure }), 0)).toEqual({
      text: 'Its SHA-256 is another one.',
      variant: 'danger',
    });
  });

  it('says what stays of one that was cancelled', () => {
    expect(text({ state: 'cancelled' })).toBe('Cancelled.');
    expect(text({ state: 'cancelled', failure: 'The host is away.' })).toMatch(/what arrived stays: The host is away/);
  });
});
