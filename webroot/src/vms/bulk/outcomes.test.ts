import { describe, expect, test } from 'vitest';
import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { sorted, takeOnAll } from './outcomes';

const vm = (name: string, powerState: Vm['powerState'] = 'STOPPED'): Vm => ({ id: name, name, powerState }) as Vm;
const start = (run: (target: Vm) => Promise<undefined>): Action<Vm> => ({
  id: 'start',
  label: 'Start',
  availability: ({ powerState }) => (powerState === 'STOPPED' ? AVAILABLE : unavailable('It runs.')),
  run,
});

describe('an action on many VMs', () => {
  test('is taken only on those that it can be taken on', () => {
    const chosen = [vm('a'), vm('b', 'RUNNING')];
    const { able, refused } = sorted(start(() => Promise.resolve(undefined)).availability, chosen);
    expect(able.map(({ name }) => name)).toEqual(['a']);
    expect(refused).toEqual([{ target: chosen[1], reason: 'It runs.' }]);
  });

  test('goes on behind those that refuse, once on each and four at a time', async () => {
    let running = 0;
    let most = 0;
    const asked: string[] = [];
    const action = start(async ({ name }) => {
      asked.push(name);
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      if (name === 'c') throw new Error('no room');
      return undefined;
    });
    const counts: number[] = [];
    const all = 'abcdefghi'.split('').map((name) => vm(name));
    const refused = await takeOnAll(
      async (target) => action.run?.(target),
      all,
      (count) => counts.push(count),
    );
    expect(asked.toSorted()).toEqual(all.map(({ name }) => name));
    expect(most).toBe(4);
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(refused.map(({ target: { name } }) => name)).toEqual(['c']);
  });
});
