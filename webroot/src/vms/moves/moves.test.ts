import { describe, expect, it } from 'vitest';
import type { DiskTargets, Vm } from '../../core/api/types';
import { GIB } from '../../core/format/bytes';
import { whenRelocatable } from '../migrate/movable';
import { canLeave, moveRequest, poolRows } from './moves';

const disk = (name: string, pools: Record<string, string[]>, obstacles: string[] = []): DiskTargets => ({
  volumeId: `id of ${name}`,
  name,
  poolId: 'id of own',
  poolName: 'own',
  sizeBytes: 10 * GIB,
  bytesToCopy: 4 * GIB,
  obstacles,
  pools: Object.entries(pools).map(([poolName, why]) => ({
    poolId: `id of ${poolName}`,
    poolName,
    possible: why.length === 0,
    freeBytes: 6 * GIB,
    obstacles: why,
  })),
});

const reasons = (...disks: DiskTargets[]) => poolRows(disks).map(({ name, reason }) => [name, reason]);

describe('pools to move disks to', () => {
  it('say why they cannot take a disk', () =>
    expect(reasons(disk('a', { fast: [], slow: ['It is in maintenance.'] }))).toEqual([
      ['fast', undefined],
      ['slow', 'It is in maintenance.'],
    ]));
  it('are none where one of the disks is already', () =>
    expect(reasons(disk('a', { fast: [] }), disk('b', {}))).toEqual([['fast', 'The disk b is there already.']]));
  it('have to have room for all of them', () =>
    expect(reasons(disk('a', { fast: [] }), disk('b', { fast: [] }))).toEqual([
      ['fast', 'The disks take 8 GiB together, which is more than it has free.'],
    ]));
});

describe('disks to move', () => {
  it('stay where something of their own keeps them', () => {
    expect(canLeave(disk('a', {}))).toBe(true);
    expect(canLeave(disk('a', {}, ['It has snapshots.']))).toBe(false);
  });
  it('are asked for with a limit only where there is one', () => {
    expect(moveRequest(['a', 'b'], 'p', NaN)).toEqual({
      disks: [
        { volumeId: 'a', poolId: 'p' },
        { volumeId: 'b', poolId: 'p' },
      ],
    });
    expect(moveRequest(['a'], 'p', 20).bandwidthMibPerSecond).toBe(20);
  });
  it('are those of VMs that run or are off, while no task works on them', () => {
    const vm = (powerState: Vm['powerState'], more: Partial<Vm> = {}) =>
      ({ phase: 'READY', powerState, ...more }) as Vm;
    expect(whenRelocatable(vm('STOPPED')).available).toBe(true);
    expect(whenRelocatable(vm('PAUSED')).available).toBe(true);
    expect(whenRelocatable(vm('SUSPENDED')).available).toBe(false);
    expect(whenRelocatable(vm('RUNNING', { activeTaskId: 'one' })).available).toBe(false);
  });
});
