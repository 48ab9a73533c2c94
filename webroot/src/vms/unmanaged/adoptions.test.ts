import { describe, expect, it } from 'vitest';
import { unreachable } from '../../core/api/problem';
import type { UnmanagedVm } from '../../core/api/types';
import { adoptionBy, whyNot } from './adoptions';

const domain = (...reasons: string[]): UnmanagedVm => ({ reasons }) as unknown as UnmanagedVm;

describe('an adoption', () => {
  it('is done only once its task has succeeded', () => {
    expect(adoptionBy(undefined, undefined)).toEqual({ state: 'running' });
    expect(adoptionBy({ state: 'UNDOING' }, undefined)).toEqual({ state: 'running' });
    expect(adoptionBy({ state: 'SUCCEEDED' }, undefined)).toEqual({ state: 'done' });
  });

  it('says why it failed, also where that is that nobody knows', () => {
    const failure = { code: 'CONFLICT', message: 'Its disk is gone.', details: {} };
    expect(adoptionBy({ state: 'FAILED', failure }, undefined)).toEqual({ state: 'failed', reason: failure.message });
    expect(adoptionBy({ state: 'CANCELLED' }, undefined)).toMatchObject({ reason: 'Its adoption was cancelled.' });
    expect(adoptionBy(undefined, unreachable())).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('not known: The server cannot be reached') as string,
    });
  });

  it('can be asked for again where it failed, and not while it runs', () => {
    expect(whyNot(domain(), { state: 'failed', reason: 'Its disk is gone.' })).toBeUndefined();
    expect(whyNot(domain(), { state: 'running' })).toBe('It is being adopted.');
    expect(whyNot(domain('It is transient.', 'Its machine is pc.'), undefined)).toBe(
      'It is transient. Its machine is pc.',
    );
  });
});
