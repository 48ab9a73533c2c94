import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Creation, type Outcome } from './creation';
import { ApiError, unreachable } from './problem';

interface Thing {
  name: string;
}

const refusal = (): ApiError => new ApiError('The name is taken.', 409, 'CONFLICT');
const timeOut = (): ApiError => new ApiError('No answer in time.', 504, 'TIMEOUT');

describe('the attempts to make one thing', () => {
  let made: Map<string, Thing>;
  let keys: string[];
  let failures: (() => Error | undefined)[];
  let outcome: Outcome;
  const settle = vi.fn(() => Promise.resolve(outcome));
  let creation: Creation<Thing, Thing>;

  /** As the server does it: a key that made something is answered with that, whatever is asked. */
  const serve = (body: Thing, key: string): Promise<Thing> => {
    keys.push(key);
    const failure = failures.shift()?.();
    if (failure instanceof ApiError && failure.refused) return Promise.reject(failure);
    if (!made.has(key)) made.set(key, body);
    return failure ? Promise.reject(failure) : Promise.resolve(made.get(key) as Thing);
  };

  beforeEach(() => {
    made = new Map();
    keys = [];
    failures = [];
    outcome = 'as asked';
    settle.mockClear();
    creation = new Creation(serve, settle);
  });

  it('sends what was corrected after a refusal, as a new request', async () => {
    failures = [refusal];
    await expect(creation.make({ name: 'worng' })).rejects.toThrow('The name is taken.');
    await creation.make({ name: 'right' });
    expect([...made.values()]).toEqual([{ name: 'right' }]);
    expect(new Set(keys).size).toBe(2);
    expect(settle).not.toHaveBeenCalled();
  });

  it.each([
    ['a time-out', timeOut],
    ['a lost connection', unreachable],
  ])('makes no second thing after %s', async (_name, failure) => {
    failures = [failure];
    await expect(creation.make({ name: 'a' })).rejects.toThrow();
    expect(await creation.make({ name: 'a' })).toEqual({ name: 'a' });
    expect(made.size).toBe(1);
    expect(settle).not.toHaveBeenCalled();
  });

  it('still asks about the unknown one when only the retry was refused', async () => {
    failures = [timeOut, () => new ApiError('Log in first.', 401, 'UNAUTHENTICATED')];
    for (let i = 0; i < 2; i++) await expect(creation.make({ name: 'a' })).rejects.toThrow();
    await creation.make({ name: 'a' });
    expect(made.size).toBe(1);
  });

  it('says so when an attempt that was unknown made something else than what is asked now', async () => {
    failures = [timeOut];
    outcome = 'other';
    await expect(creation.make({ name: 'a' })).rejects.toThrow();
    await expect(creation.make({ name: 'b' })).rejects.toThrow(/earlier attempt went through/);
    expect([...made.values()]).toEqual([{ name: 'a' }]);
    await creation.make({ name: 'b' });
    expect([...made.values()]).toEqual([{ name: 'a' }, { name: 'b' }]);
  });

  it('makes what is asked now when what the unknown attempt made is gone', async () => {
    failures = [timeOut];
    outcome = 'gone';
    await expect(creation.make({ name: 'a' })).rejects.toThrow();
    expect(await creation.make({ name: 'b' })).toEqual({ name: 'b' });
  });

  it('does not forget an unknown attempt while it cannot be settled', async () => {
    failures = [timeOut];
    await expect(creation.make({ name: 'a' })).rejects.toThrow();
    settle.mockRejectedValueOnce(unreachable());
    await expect(creation.make({ name: 'b' })).rejects.toThrow();
    await creation.make({ name: 'b' });
    expect(made.size).toBe(1);
  });
});
