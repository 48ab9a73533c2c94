import type { ChangeEvent, ChangeKind } from '../api/types';
import { applyChange, type Identified } from './merge';

const KEPT_MS = 60_000;

interface Entry {
  at: number;
  event: ChangeEvent;
}

/** Whether an event says that a thing changed, but not what it is now: then only reading again tells. */
const isBare = (event: ChangeEvent): boolean => event.change !== 'deleted' && !event.resource;

/** Where a thing changes all the time, something a little old is better than nothing at all. */
const MOST_ROUNDS = 3;

/**
 * The changes of the last minute or two. An answer to a request may be older than an event that arrived while the
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
    this.entries.push({ at, event });
    // Not with each of many: what is too old goes when half of what is kept may be.
    if (at - (this.entries[0]?.at ?? at) < 2 * KEPT_MS) return;
    this.entries = this.entries.filter((entry) => at - entry.at < KEPT_MS);
  }

  clear(): void {
    this.entries = [];
  }

  /** Runs a list request and applies what happened while it ran. */
  async over<T extends Identified>(
    kind: ChangeKind,
    read: () => Promise<readonly T[]>,
    apply: (list: readonly T[], event: ChangeEvent) => readonly T[] = applyChange,
    rounds = MOST_ROUNDS,
  ): Promise<readonly T[]> {
    const began = this.now();
    const items = await read();
    const events = this.since(began, kind);
    if (rounds > 1 && events.some(isBare)) return this.over(kind, read, apply, rounds - 1);
    return events.reduce<readonly T[]>((list, event) => apply(list, event), items);
  }

  /** Runs a request for one thing and applies what happened to it meanwhile; undefined when it was deleted. */
  async overOne<T extends Identified>(
    kind: ChangeKind,
    id: string,
    read: () => Promise<T>,
    rounds = MOST_ROUNDS,
  ): Promise<T | undefined> {
    const began = this.now();
    const item = await read();
    const events = this.since(began, kind).filter((event) => event.id === id);
    if (rounds > 1 && events.some(isBare)) return this.overOne(kind, id, read, rounds - 1);
    return events.reduce<readonly T[]>(applyChange, [item])[0];
  }

  private since(began: number, kind: ChangeKind): readonly ChangeEvent[] {
    return this.entries.filter((entry) => entry.at >= began && entry.event.kind === kind).map((entry) => entry.event);
  }
}

export const journal = new ChangeJournal();
