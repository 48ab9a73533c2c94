import { describe, expect, it } from 'vitest';
import type { Vm } from '../../core/api/types';
import { diskTotals, disksOf } from './disksOf';
import { keysOf, labelsAfter } from './labelChange';

describe('labels of a selection', () => {
  const vms = [{ labels: { env: 'test', tier: '1' } }, { labels: { env: 'prod' } }] as unknown as Vm[];
  it('are counted by their keys', () =>
    expect(keysOf(vms)).toEqual([
      ['env', 2],
      ['tier', 1],
    ]));
  it('are added, replaced and taken away', () =>
    expect(labelsAfter({ env: 'test', tier: '1' }, { add: 'env=prod\nowner=ada', remove: ['tier'] })).toEqual({
      env: 'prod',
      owner: 'ada',
    }));
  it('are added where they are taken away as well', () =>
    expect(labelsAfter({ env: 'a' }, { add: 'env=b', remove: ['env'] })).toEqual({ env: 'b' }));
  it('stay where nothing changes', () =>
    expect(labelsAfter({ env: 'a' }, { add: 'env=a', remove: ['owner'] })).toBeUndefined());
});

describe('the disks of what is deleted', () => {
  const disk = (gib: number, attached = false) => ({ sizeBytes: gib * 2 ** 30, attached });
  const vm = (...disks: object[]): Vm => ({ disks }) as unknown as Vm;
  it.each([
    [vm(), 'it has no disks'],
    [vm(disk(10)), 'its disk (10 GiB) goes'],
    [vm(disk(10), disk(2), disk(5, true)), 'its 2 disks (10 GiB, 2 GiB) go, 1 attached volume stays'],
    [vm(disk(5, true), disk(5, true)), '2 attached volumes stay'],
  ])('are said of each', (one, said) => expect(disksOf(one, false)).toBe(said));
  it('stay where they are kept', () => expect(disksOf(vm(disk(10)), true)).toBe('its disk (10 GiB) stays'));
  it('are counted together', () =>
    expect(diskTotals([vm(disk(1)), vm(disk(2), disk(3, true))])).toEqual({ own: 2, bytes: 3 * 2 ** 30, attached: 1 }));
});
