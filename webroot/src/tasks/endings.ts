import type { Task } from '../core/api/types';
import { isActive } from './tasks';

/** Tells of each of a user's tasks once, when it ends. */
export class Endings {
  private readonly told = new Set<string>();
  private readonly since: number;

  constructor(since: number = Date.now()) {
    this.since = since;
  }

  /** Whether this change is the end of a task of the user, not told before and not older than the page. */
  isNews(task: Task, actors: readonly string[]): boolean {
    if (isActive(task) || this.told.has(task.id) || !actors.includes(task.actor)) return false;
    this.told.add(task.id);
    return task.endedAt === undefined || Date.parse(task.endedAt) >= this.since - 5000;
  }
}
