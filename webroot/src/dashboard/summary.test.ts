import { describe, expect, it } from 'vitest';
import type { Host, Image, Pool, Task, Vm } from '../core/api/types';
import { failedLately, firstSteps, hostCapacity, hostCounts, troubles, vmCounts } from './summary';

const vm = (change: Partial<Vm>): Vm =>
  ({ id: '1', name: 'a', phase: 'READY', powerState: 'RUNNING', ...change }) as Vm;
const host = (change: Partial<Host>): Host =>
  ({
    id: 'h',
    name: 'kvm1',
    state: 'UP',
    capabilities: { cpuCores: 8, memoryBytes: 100 },
    reservedVcpus: 3,
    memoryFreeBytes: 40,
    ...change,
  }) as Host;

describe('the dashboard', () => {
  it('counts VMs by the words that the list uses, running and stopped first', () => {
    const counts = vmCounts([
      vm({}),
      vm({ phase: 'CREATING' }),
      vm({ powerState: 'CRASHED' }),
      vm({ phase: 'CREATING' }),
    ]);
    expect(counts.map(({ text, count }) => `${text} ${count}`)).toEqual([
      'Running 1',
      'Stopped 0',
      'Creating 2',
      'Crashed 1',
    ]);
  });

  it('says how many hosts are up and down even when none is', () =>
    expect(hostCounts([]).map(({ text, count }) => `${text} ${count}`)).toEqual(['Up 0', 'Down 0']));

  it('counts on nothing that a host which is down has', () =>
    expect(hostCapacity([host({}), host({ state: 'DOWN' })])).toEqual({
      cores: 8,
      reservedVcpus: 3,
      memoryBytes: 100,
      memoryUsedBytes: 60,
    }));

  it('leads from nothing to the first VM', () => {
    const steps = (known: object) =>
      firstSteps({ hosts: [], pools: [], images: [], vms: [], ...known }).map((step) => step.done);
    expect(steps({})).toEqual([false, false, false, false]);
    expect(steps({ hosts: [host({})], images: [{ state: 'CHECKING' } as Image] })).toEqual([true, false, false, false]);
    expect(steps({ images: [{ state: 'READY', format: 'iso' } as Image] })[2]).toBe(false);
    expect(steps({ images: [{ state: 'READY', format: 'qcow2' } as Image] })[2]).toBe(true);
  });

  it('lists what is wrong, in the words of who found it', () => {
    const pool = { id: 'p', name: 'fast', state: 'DEGRADED', hosts: [{ usable: false, problem: 'Read-only.' }] };
    const found = troubles(
      [host({ state: 'DOWN' })],
      [pool as Pool],
      [vm({}), vm({ id: '2', name: 'b', phase: 'LOST' })],
    );
    expect(found.map(({ name, text }) => `${name} ${text}`)).toEqual([
      'kvm1 is down.',
      'fast Read-only.',
      'b is lost: its host no longer has it.',
    ]);
  });

  it('forgets failures after a day', () => {
    const at = (time: string): Task => ({ state: 'FAILED', createdAt: time, endedAt: time }) as Task;
    const now = Date.parse('2026-01-02T00:00:01Z');
    expect(failedLately([at('2026-01-01T00:00:00Z'), at('2026-01-01T23:00:00Z')], now)).toHaveLength(1);
  });
});
