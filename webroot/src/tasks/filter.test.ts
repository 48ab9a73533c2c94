import { describe, expect, it } from 'vitest';
import type { Task } from '../core/api/types';
import { activeOf, findTasks, isWithin, mergeTasks } from './filter';

const task = (id: string, state: Task['state'], version = 1, change: Partial<Task> = {}): Task =>
  ({ id, state, version, kind: 'vm.start', targetName: `vm-${id}`, actor: 'admin', createdAt: id, ...change }) as Task;

describe('the list of tasks', () => {
  it('asks the server for what it can tell apart', () => {
    expect(activeOf('all')).toBeUndefined();
    expect(activeOf('active')).toBe(true);
    expect(activeOf('FAILED')).toBe(false);
  });

  it('shows of each task what is newest, newest task first', () => {
    const merged = mergeTasks(
      [task('1', 'SUCCEEDED', 3), task('3', 'RUNNING')],
      [task('1', 'RUNNING', 2), task('2', 'FAILED')],
    );
    expect(merged.map(({ id, state }) => `${id} ${state}`)).toEqual(['3 RUNNING', '2 FAILED', '1 SUCCEEDED']);
  });

  it('keeps the answer when an event before it comes later', () =>
    expect(mergeTasks([task('1', 'RUNNING', 1)], [task('1', 'SUCCEEDED', 2)])[0]?.state).toBe('SUCCEEDED'));

  it('keeps what is within a period, and all without one', () => {
    const now = Date.parse('2026-11-30T12:00:00Z');
    const old = { createdAt: '2026-11-29T11:59:00Z' };
    expect(isWithin(old, 'day', now)).toBe(false);
    expect(isWithin(old, 'week', now)).toBe(true);
    expect(isWithin(old, '', now)).toBe(true);
  });

  it('counts undoing and queued tasks as running', () => {
    const all = [task('1', 'UNDOING'), task('2', 'QUEUED'), task('3', 'FAILED')];
    expect(findTasks(all, 'active', '').map(({ id }) => id)).toEqual(['1', '2']);
    expect(findTasks(all, 'FAILED', '').map(({ id }) => id)).toEqual(['3']);
  });

  it('finds by target, by what is done and by who did it', () => {
    const all = [task('1', 'FAILED'), task('2', 'FAILED', 1, { actor: 'eve', kind: 'vm.delete' })];
    expect(findTasks(all, 'all', 'VM-1')).toHaveLength(1);
    expect(findTasks(all, 'all', 'delete')).toHaveLength(1);
    expect(findTasks(all, 'all', 'eve')).toHaveLength(1);
  });
});
