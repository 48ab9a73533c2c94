import type { ChangeEvent } from '../api/types';

/** As long as an eye does not notice. */
const GATHER_MS = 100;

/**
 * Gathers changes for a moment, so that a page is drawn once for all that came together. Of several changes of one thing the last one
 * counts, but that it is new is not forgotten.
 */
export class GatheredChanges {
  private changes = new Map<string, ChangeEvent>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly apply: (changes: readonly ChangeEvent[]) => void;

  constructor(apply: (changes: readonly ChangeEvent[]) => void) {
    this.apply = apply;
  }

  add(event: ChangeEvent): void {
    const key = `${event.kind} ${event.id}`;
    const isNew = this.changes.get(key)?.change === 'created' && event.change === 'changed';
    this.changes.set(key, isNew ? { ...event, change: 'created' } : event);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  /** What was gathered is of no use any more: everything is read again. */
  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.changes.clear();
  }

  private flush(): void {
    const changes = [...this.changes.values()];
    this.clear();
    this.apply(changes);
  }
}
