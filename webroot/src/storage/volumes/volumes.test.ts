import { describe, expect, it } from 'vitest';
import type { Pool, Task, Vm, Volume } from '../../core/api/types';
import { newSize } from './grow';
import { isInUse, isLinked, isShown, noSnapshots, volumeRows, type VolumeRow } from './volumeState';

const abilities = (more: object) => ({
  abilities: { shared: false, liveSnapshots: false, volumeFormats: [], snapshotFormats: ['qcow2'], ...more },
});
const row = (volume: Partial<Volume>, pool: object | undefined, vm?: Partial<Vm>): VolumeRow => ({
  volume: { format: 'qcow2', state: 'READY', independent: true, ...volume } as Volume,
  pool: pool as Pool | undefined,
  vm: vm as Vm | undefined,
});

describe('a volume', () => {
  it('is in use while its VM is on, and while nobody knows', () => {
    expect(isInUse(row({}, undefined))).toBe(false);
    expect(isInUse(row({ vmId: 'v' }, undefined))).toBe(true);
    expect(isInUse(row({ vmId: 'v' }, undefined, { powerState: 'STOPPED' }))).toBe(false);
    expect(isInUse(row({ vmId: 'v' }, undefined, { powerState: 'PAUSED' }))).toBe(true);
  });

  it('says why it can have no snapshot', () => {
    expect(noSnapshots(row({}, abilities({})))).toBeUndefined();
    expect(noSnapshots(row({ format: 'raw' }, abilities({})))).toMatch(/raw volume/);
    expect(noSnapshots(row({ vmId: 'v' }, abilities({}), { powerState: 'RUNNING' }))).toMatch(/Shut the VM down/);
    expect(
      noSnapshots(row({ vmId: 'v' }, abilities({ liveSnapshots: true }), { powerState: 'RUNNING' })),
    ).toBeUndefined();
    expect(noSnapshots(row({}, {}))).toMatch(/cannot be used/);
  });

  it('is linked to what it began with until it is independent', () => {
    expect(isLinked(row({ independent: false, imageId: 'i' }, undefined))).toBe(true);
    expect(isLinked(row({ independent: true, imageId: 'i' }, undefined))).toBe(false);
    expect(isLinked(row({ independent: false }, undefined))).toBe(false);
  });

  it('is found by who has it', () => {
    const [used, free] = volumeRows(
      [{ id: '1', poolId: 'p', vmId: 'v', state: 'READY' } as Volume, { id: '2', state: 'CREATING' } as Volume],
      [{ id: 'p' } as Pool],
      [{ id: 'v' } as Vm],
    ) as [VolumeRow, VolumeRow];
    expect([used.pool?.id, used.vm?.id, free.pool]).toEqual(['p', 'v', undefined]);
    expect([isShown(used, 'used'), isShown(free, 'used')]).toEqual([true, false]);
    expect([isShown(used, 'free'), isShown(free, 'free')]).toEqual([false, true]);
    expect([isShown(used, 'busy'), isShown(free, 'busy')]).toEqual([false, true]);
  });

  it('says what works on it now, not what did', () => {
    const task = (state: Task['state']): Task => ({ id: state, targetId: '1', state }) as Task;
    const rows = (...tasks: Task[]) => volumeRows([{ id: '1' } as Volume], [], [], tasks);
    expect(rows(task('SUCCEEDED'))[0]?.task).toBeUndefined();
    expect(rows(task('RUNNING'), task('FAILED'))[0]?.task?.id).toBe('RUNNING');
  });

  it('can only grow', () => {
    const volume = { sizeBytes: 2 ** 30 } as Volume;
    expect(newSize(volume, 1.5)).toEqual({ sizeBytes: 1.5 * 2 ** 30, problem: undefined });
    for (const gib of [1, 0.5, NaN]) expect(newSize(volume, gib).problem).toMatch(/can only grow/);
  });
});
