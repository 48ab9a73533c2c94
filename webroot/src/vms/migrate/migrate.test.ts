import { describe, expect, it } from 'vitest';
import type { Host, MigrationTarget, Vm } from '../../core/api/types';
import { GIB } from '../../core/format/bytes';
import { areFine, limitErrors, migrateRequest, NO_LIMITS } from './limits';
import { whenMovable } from './movable';
import { commonObstacles, copiedInWords, memoryInWords, processorsInWords, targetRows } from './targets';

const target = (name: string, ...obstacles: string[]): MigrationTarget => ({
  hostId: `id of ${name}`,
  hostName: name,
  possible: obstacles.length === 0,
  obstacles,
  remarks: [],
  bytesToCopy: 0,
});

const reasons = (...targets: MigrationTarget[]) =>
  targetRows(targets, commonObstacles(targets), []).map(({ reason }) => reason);

describe('hosts to migrate to', () => {
  it('say why they cannot take the VM', () =>
    expect(reasons(target('a'), target('b', 'It is full.', 'It has no network lan.'))).toEqual([
      undefined,
      'It is full. It has no network lan.',
    ]));
  it('leave what is so of all of them to be said once', () => {
    const both = [target('a', 'The VM has a snapshot.', 'It is full.'), target('b', 'The VM has a snapshot.')];
    expect(commonObstacles(both)).toEqual(['The VM has a snapshot.']);
    expect(reasons(...both)).toEqual(['It is full.', 'For the reason above.']);
  });
  it('keep it to themselves where there is one only', () =>
    expect(reasons(target('a', 'It is full.'))).toEqual(['It is full.']));
  it('are not chosen without a reason either', () =>
    expect(reasons({ ...target('a'), possible: false })).toEqual(['It cannot take the VM, and did not say why.']));
  it('show how busy they are, where that is known', () => {
    const host = {
      id: 'id of a',
      memoryFreeBytes: 3 * GIB,
      reservedVcpus: 7,
      capabilities: { memoryBytes: 8 * GIB, cpuCores: 4 },
    } as Host;
    const [row] = targetRows([{ ...target('a'), remarks: ['One.', 'Two.'] }], [], [host]);
    expect(row?.remark).toBe('One. Two.');
    expect(memoryInWords(row?.thing.host)).toBe('3 GiB of 8 GiB');
    expect(processorsInWords(row?.thing.host)).toBe('7 on 4 cores');
    expect([memoryInWords(undefined), processorsInWords(undefined)]).toEqual(['–', '–']);
  });
});

describe('what is copied', () => {
  const vm = { name: 'web', memoryBytes: 2 * GIB } as Vm;
  it('is the memory, and disks that the other host does not reach', () => {
    expect(copiedInWords(vm, { ...target('kvm2'), bytesToCopy: 10 * GIB })).toBe(
      'web goes on running while 10 GiB of its disks and its memory (2 GiB) are copied to kvm2.',
    );
    expect(copiedInWords(vm, target('kvm2'))).toBe(
      'web goes on running while its memory (2 GiB) is copied to kvm2. Its disks stay where they are: both hosts reach them.',
    );
  });
});

describe('a request to migrate', () => {
  it('says nothing of limits that are left empty', () =>
    expect(migrateRequest('h', NO_LIMITS)).toEqual({ hostId: 'h', autoConverge: false }));
  it('names those that were typed', () =>
    expect(migrateRequest('h', { bandwidth: 100, downtime: 500, autoConverge: true })).toEqual({
      ...{ hostId: 'h', bandwidthMibPerSecond: 100, maxDowntimeMillis: 500, autoConverge: true },
    }));
  it.each([0, 1.5, 100_001])('takes no bandwidth of %s', (bandwidth) => {
    const errors = limitErrors({ ...NO_LIMITS, bandwidth });
    expect(errors.bandwidthMibPerSecond).toBe('A whole number from 1 to 100000.');
    expect(areFine(errors)).toBe(false);
  });
  it('takes limits within their range', () =>
    expect(areFine(limitErrors({ bandwidth: 100_000, downtime: 60_000, autoConverge: false }))).toBe(true));
});

describe('a VM that is to be migrated', () => {
  const vm = (change: Partial<Vm>): Vm => ({ phase: 'READY', powerState: 'RUNNING', ...change }) as Vm;
  it.each([
    [{ powerState: 'STOPPED' as const }, 'It is not running. Only running VMs are migrated.'],
    [{ powerState: 'PAUSED' as const }, 'It is not running. Only running VMs are migrated.'],
    [{ activeTaskId: 't' }, 'A task works on it; wait for its end.'],
    [{ powerState: 'UNKNOWN' as const }, 'Its host does not answer, so its state is unknown.'],
  ])('says of %j why not', (change, reason) => expect(whenMovable(vm(change))).toEqual({ available: false, reason }));
  it('runs, and no task works on it', () => expect(whenMovable(vm({}))).toEqual({ available: true }));
});
