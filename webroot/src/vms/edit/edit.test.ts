import { describe, expect, it } from 'vitest';
import type { Vm } from '../../core/api/types';
import { GIB } from '../../core/format/bytes';
import { changedMeanwhile, fieldName } from './fieldNames';
import { resourcesChanges, resourcesOf, resourcesProblems, whatHappens } from './resources';
import { settingsChanges, settingsOf } from './settings';

const vm = (change: Partial<Vm> = {}): Vm =>
  ({
    name: 'a',
    description: '',
    labels: { env: 'test' },
    powerState: 'RUNNING',
    vcpus: 2,
    memoryBytes: 4 * GIB,
    cpu: { maxVcpus: 4 },
    bootOrder: [],
    clipboard: true,
    ...change,
  }) as Vm;

describe('resources', () => {
  const typed = resourcesOf(vm());
  it('say only what was typed otherwise', () => {
    expect(resourcesChanges(vm(), typed)).toEqual({});
    expect(resourcesChanges(vm(), { ...typed, memoryGib: 1.5 })).toEqual({ memoryBytes: 1.5 * GIB });
    expect(resourcesChanges(vm(), { ...typed, sockets: 2, cores: 2 })).toEqual({
      cpu: { sockets: 2, cores: 2, maxVcpus: 4 },
    });
  });
  it('fit together', () => {
    expect(resourcesProblems(typed)).toEqual({});
    expect(resourcesProblems({ ...typed, vcpus: 5 })).toHaveProperty('maxVcpus');
    expect(resourcesProblems({ ...typed, sockets: 3 })).toHaveProperty('cpu');
    expect(resourcesProblems({ ...typed, memoryGib: NaN, vcpus: 0 })).toHaveProperty('memoryBytes');
  });
  it.each([
    [{ vcpus: 4 }, 'gets 4 now'],
    [{ vcpus: 6 }, '6 take effect when the VM is next started'],
    [{ vcpus: 1 }, 'asked to let go'],
    [{ memoryBytes: GIB }, 'asked to give away'],
    [{ memoryBytes: 8 * GIB }, 'gets 8 GiB now if it was started with room for so much'],
    [{ memoryBytes: 4.1 * GIB }, 'in steps of 128 MiB only'],
    [{ cpu: {} }, 'not by a reboot inside the guest'],
  ])('say before saving what %j does', (changes, words) =>
    expect(whatHappens(vm(), changes).join(' ')).toContain(words),
  );
  it('are what a VM that is off starts with', () => {
    expect(whatHappens(vm({ powerState: 'STOPPED' }), { vcpus: 9 })).toEqual([
      'The VM is off: it starts with what you save.',
    ]);
  });
});

describe('settings', () => {
  it('say only what was typed otherwise', () => {
    const typed = settingsOf(vm());
    expect(settingsChanges(vm(), typed)).toEqual({});
    expect(settingsChanges(vm(), { ...typed, labels: 'env=test\n\n', folder: ' team ' })).toEqual({ folder: 'team' });
    expect(settingsChanges(vm(), { ...typed, clipboard: false })).toEqual({ clipboard: false });
    expect(settingsChanges(vm(), { ...typed, labels: '', bootOrder: ['nic0'] })).toEqual({
      labels: {},
      bootOrder: ['nic0'],
    });
  });
  it('that somebody else changed are named', () => {
    expect(changedMeanwhile(vm(), vm({ description: 'new', vcpus: 3 }))).toBe(
      'Meanwhile: Description is now “new”; vCPUs is now “3”.',
    );
    expect(fieldName('disks.vdb.cache')).toBe('Disk vdb, cache');
  });
});
