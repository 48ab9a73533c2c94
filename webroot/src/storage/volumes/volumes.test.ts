import { describe, expect, it } from 'vitest';
import type { Pool, Task, Vm, Volume } from '../../core/api/types';
import { namesOf, whyNotFrom, whyNotTo } from './attach/attachable';
import { attachToVm } from './actions/attachToVm';
import { detachFromVm } from './actions/detachFromVm';
import { growVolume } from './actions/growVolume';
import { endSharing, makeShareable } from './actions/shareable';
import { possibleFormat } from './FormatFields';
import { newSize } from './grow';
import { isInUse, isLinked, isShown, noSnapshots, volumeRows, type VolumeRow } from './volumeState';

const abilities = (more: object) => ({
  abilities: { shared: false, liveSnapshots: false, volumeFormats: [], snapshotFormats: ['qcow2'], ...more },
});
/** Each VM has it; of one that is undefined nothing is known. */
const row = (
  volume: Partial<Volume>,
  pool: object | undefined,
  ...vms: readonly (Partial<Vm> | undefined)[]
): VolumeRow => ({
  volume: { format: 'qcow2', state: 'READY', independent: true, ...volume } as Volume,
  pool: pool as Pool | undefined,
  users: vms.map((vm, i) => ({ vmId: vm?.id ?? `vm${i}`, readOnly: false, vm: vm as Vm | undefined })),
});

describe('a volume', () => {
  it('is in use while its VM is on, and while nobody knows', () => {
    expect(isInUse(row({}, undefined))).toBe(false);
    expect(isInUse(row({}, undefined, undefined))).toBe(true);
    expect(isInUse(row({}, undefined, { powerState: 'STOPPED' }))).toBe(false);
    expect(isInUse(row({}, undefined, { powerState: 'PAUSED' }))).toBe(true);
    expect(isInUse(row({}, undefined, { powerState: 'STOPPED' }, { powerState: 'RUNNING' }))).toBe(true);
  });

  it('says why it can have no snapshot', () => {
    expect(noSnapshots(row({}, abilities({})))).toBeUndefined();
    expect(noSnapshots(row({ format: 'raw' }, abilities({})))).toMatch(/raw volume/);
    expect(noSnapshots(row({}, abilities({}), { powerState: 'RUNNING' }))).toMatch(/Shut the VM down/);
    expect(noSnapshots(row({}, abilities({ liveSnapshots: true }), { powerState: 'RUNNING' }))).toBeUndefined();
    expect(noSnapshots(row({}, {}))).toMatch(/cannot be used/);
  });

  it('is linked to what it began with until it is independent', () => {
    expect(isLinked(row({ independent: false, imageId: 'i' }, undefined))).toBe(true);
    expect(isLinked(row({ independent: true, imageId: 'i' }, undefined))).toBe(false);
    expect(isLinked(row({ independent: false }, undefined))).toBe(false);
  });

  it('is found by who has it', () => {
    const [used, free] = volumeRows(
      [
        { id: '1', poolId: 'p', attachments: [{ vmId: 'v', readOnly: true }], state: 'READY' } as unknown as Volume,
        { id: '2', attachments: [], state: 'CREATING' } as unknown as Volume,
      ],
      [{ id: 'p' } as Pool],
      [{ id: 'v' } as Vm],
    ) as [VolumeRow, VolumeRow];
    expect([used.pool?.id, free.pool]).toEqual(['p', undefined]);
    expect(used.users).toEqual([{ vmId: 'v', readOnly: true, vm: { id: 'v' } }]);
    expect([isShown(used, 'used'), isShown(free, 'used')]).toEqual([true, false]);
    expect([isShown(used, 'free'), isShown(free, 'free')]).toEqual([false, true]);
    expect([isShown(used, 'busy'), isShown(free, 'busy')]).toEqual([false, true]);
  });

  it('says what works on it now, not what did', () => {
    const task = (state: Task['state']): Task => ({ id: state, targetId: '1', state }) as Task;
    const rows = (...tasks: Task[]) =>
      volumeRows([{ id: '1', attachments: [] as Volume['attachments'] } as Volume], [], [], tasks);
    expect(rows(task('SUCCEEDED'))[0]?.task).toBeUndefined();
    expect(rows(task('RUNNING'), task('FAILED'))[0]?.task?.id).toBe('RUNNING');
  });

  it('can only grow', () => {
    const volume = { sizeBytes: 2 ** 30 } as Volume;
    expect(newSize(volume, 1.5)).toEqual({ sizeBytes: 1.5 * 2 ** 30, problem: undefined });
    for (const gib of [1, 0.5, NaN]) expect(newSize(volume, gib).problem).toMatch(/can only grow/);
  });
});

const vm = (change: Partial<Vm> = {}): Vm =>
  ({
    id: 'v',
    name: 'web',
    hostId: 'h',
    phase: 'READY',
    powerState: 'RUNNING',
    disks: [{ volumeId: 'boot' }],
    ...change,
  }) as Vm;
const poolOn = (hostId: string, usable = true) => ({ hosts: [{ hostId, usable }] });
const reasonOf = (state: { available: boolean; reason?: string }): string | undefined => state.reason;

describe('a volume that is to be attached', () => {
  it('goes to a VM whose host reaches it', () => {
    expect(whyNotTo(vm(), row({}, poolOn('h')))).toBeUndefined();
    expect(whyNotTo(vm(), row({ hostId: 'h' }, poolOn('h')))).toBeUndefined();
    expect(whyNotTo(vm(), row({ hostId: 'i' }, poolOn('h')))).toMatch(/another host/);
    expect(whyNotTo(vm(), row({}, poolOn('h', false)))).toMatch(/cannot be used/);
    expect(whyNotTo(vm(), row({}, poolOn('i')))).toMatch(/cannot be used/);
    expect(whyNotTo(vm(), row({ state: 'CREATING' }, poolOn('h')))).toMatch(/worked on/);
  });

  it('goes to one VM, unless it is shareable', () => {
    const other = vm({ id: 'o', name: 'other' });
    expect(whyNotTo(vm(), row({}, poolOn('h'), other))).toBe('other has it.');
    expect(reasonOf(attachToVm.availability(row({}, poolOn('h'), other)))).toBe('other has it.');
    const shared = row({ shareable: true }, poolOn('h'), other);
    expect(whyNotTo(vm(), shared)).toBeUndefined();
    expect(whyNotTo(other, shared)).toBe('other has it already.');
    expect(attachToVm.availability(shared).available).toBe(true);
  });

  it('names those who have it, of many the first', () => {
    const users = row({}, undefined, ...['a', 'b', 'c', 'd'].map((name) => vm({ id: name, name }))).users;
    expect(namesOf(users.slice(0, 1))).toBe('a');
    expect(namesOf(users.slice(0, 2))).toBe('a and b');
    expect(namesOf(users)).toBe('a, b and 2 more');
  });
});

describe('a volume that is to be detached', () => {
  it('stays with a VM that boots from it, is paused or cannot be asked', () => {
    const from = (change: Partial<Vm>, volumeId = 'data') =>
      whyNotFrom({ vmId: 'v', readOnly: false, vm: vm(change) }, volumeId);
    expect(from({})).toBeUndefined();
    expect(from({ powerState: 'STOPPED' })).toBeUndefined();
    expect(from({}, 'boot')).toBe('web boots from it.');
    expect(from({ powerState: 'PAUSED' })).toMatch(/paused/);
    expect(from({ powerState: 'UNKNOWN' })).toMatch(/does not answer/);
  });

  it('can be when one of its VMs can let go of it', () => {
    expect(reasonOf(detachFromVm.availability(row({}, undefined)))).toBe('No VM has it.');
    expect(reasonOf(detachFromVm.availability(row({ id: 'boot' }, undefined, vm())))).toBe('web boots from it.');
    const two = row({ id: 'data', shareable: true }, undefined, vm({ powerState: 'PAUSED' }), vm({ id: 'w' }));
    expect(detachFromVm.availability(two).available).toBe(true);
  });
});

describe('sharing', () => {
  it('begins and ends while no VM has it, and is for raw volumes', () => {
    expect(makeShareable.availability(row({ format: 'raw' }, undefined)).available).toBe(true);
    expect(reasonOf(makeShareable.availability(row({}, undefined)))).toMatch(/^It is qcow2/);
    expect(reasonOf(makeShareable.availability(row({ format: 'raw' }, undefined, vm())))).toBe(
      'web has it. Detach it first.',
    );
    const shared = (...vms: Vm[]) => row({ format: 'raw', shareable: true }, undefined, ...vms);
    expect(reasonOf(makeShareable.availability(shared()))).toMatch(/already/);
    expect(endSharing.availability(shared()).available).toBe(true);
    expect(reasonOf(endSharing.availability(shared(vm())))).toBe('web has it. Detach it first.');
    expect(endSharing.availability(row({}, undefined)).available).toBe(false);
  });

  it('keeps away what only one VM could know of', () => {
    const shared = (...vms: Vm[]) => row({ format: 'raw', shareable: true }, undefined, ...vms);
    expect(growVolume.availability(shared(vm())).available).toBe(true);
    expect(reasonOf(growVolume.availability(shared(vm(), vm({ id: 'w' }))))).toBe('Several VMs have it.');
  });

  it('makes the format raw where the pool has that', () => {
    const pool = (...volumeFormats: string[]) => abilities({ volumeFormats }) as unknown as Pool;
    expect(possibleFormat({ format: 'qcow2', shareable: true }, pool('qcow2', 'raw'))).toEqual({
      format: 'raw',
      shareable: true,
    });
    expect(possibleFormat({ format: 'raw', shareable: true }, pool('qcow2'))).toEqual({
      format: undefined,
      shareable: false,
    });
    expect(possibleFormat({ format: 'qcow2', shareable: false }, pool('qcow2', 'raw')).format).toBe('qcow2');
    expect(possibleFormat({ format: 'qcow2', shareable: false }, undefined).format).toBeUndefined();
  });
});
