import type { Task } from '../core/api/types';
import { matches } from '../core/layout/sort';
import { isActive, newestFirst, taskTitle } from './tasks';

export type TaskFilter = 'all' | 'active' | 'FAILED' | 'CANCELLED' | 'SUCCEEDED';

export const TASK_FILTERS: readonly { value: TaskFilter; label: string; nothing: string }[] = [
  { value: 'all', label: 'All', nothing: 'No tasks yet' },
  { value: 'active', label: 'Running', nothing: 'Nothing runs now' },
  { value: 'FAILED', label: 'Failed', nothing: 'No failed tasks' },
  { value: 'CANCELLED', label: 'Cancelled', nothing: 'No cancelled tasks' },
  { value: 'SUCCEEDED', label: 'Succeeded', nothing: 'No tasks that succeeded' },
];

/** The part of a filter that the server knows: whether a task has ended. */
export function activeOf(filter: TaskFilter): boolean | undefined {
  return filter === 'all' ? undefined : filter === 'active';
}

export function passes(task: Pick<Task, 'state'>, filter: TaskFilter): boolean {
  if (filter === 'all') return true;
  return filter === 'active' ? isActive(task) : task.state === filter;
}

/** How far back one looks, in seconds; tasks are kept for 30 days. */
export const PERIODS: Readonly<Record<string, { label: string; seconds: number }>> = {
  hour: { label: 'The last hour', seconds: 3600 },
  day: { label: 'The last 24 hours', seconds: 86_400 },
  week: { label: 'The last 7 days', seconds: 604_800 },
};

/** Whether a task was begun in this period; one that is not known leaves none out. */
export function isWithin(task: Pick<Task, 'createdAt'>, period: string, now: number): boolean {
  const seconds = PERIODS[period]?.seconds;
  return seconds === undefined || Date.parse(task.createdAt) >= now - seconds * 1000;
}

/** Both lists as one, newest first; of a task in both, what is newer. */
export function mergeTasks(live: readonly Task[], read: readonly Task[]): readonly Task[] {
  const byId = new Map(read.map((task) => [task.id, task]));
  for (const task of live) {
    const known = byId.get(task.id);
    if (!known || known.version <= task.version) byId.set(task.id, task);
  }
  return newestFirst([...byId.values()]);
}

export function findTasks(tasks: readonly Task[], filter: TaskFilter, search: string): readonly Task[] {
  return tasks.filter(
    (task) => passes(task, filter) && matches(search, task.targetName, taskTitle(task.kind), task.actor),
  );
}
