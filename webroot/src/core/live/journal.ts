import type { ChangeEvent, ChangeKind } from '../api/types';
import { applyChange, type Identified } from './merge';

const KEPT_MS = 60_000;

interface Entry {
  at: number;
  event: ChangeEvent;
}

/**
 * The changes of the last minute. An answer to a list request may be older than an event that arrived while the
 * request was under way; replaying the journal over it keeps the newer state.
 */
export class ChangeJournal {
  private entries: Entry[] = [];
  private readonly now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  record(event: ChangeEvent): void {
    const at = this.now();
    this.entries = this.entries.filter((entry) => at - entry.at < KEPT_MS);
    this.entries.push({ at, event });
  }

  clear(): void {
    this.entries = [];
  }

  /** Runs a list request and applies what happened while it ran. */
  async over<T extends Identified>(
    kind: ChangeKind,
    read: () => Promise<readonly T[]>,
    apply: (list: readonly T[], event: ChangeEvent) => readonly T[] = applyChange,
  ): Promise<readonly T[]> {
    const began = this.now();
    const items = await read();
    return this.entries
      .filter((entry) => entry.at >= began && entry.event.kind === kind)
      .reduce<readonly T[]>((list, entry) => apply(list, entry.event), items);
  }
}

export const journal = new ChangeJournal();
