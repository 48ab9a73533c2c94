import type { ChangeEvent } from '../api/types';

export interface Identified {
  id: string;
  /** A number counts changes; a host's is its software's and says nothing about age. */
  version?: number | string;
}

/** Whether what came is older than what is known; things without a version are taken as they come. */
export function isStale(known: Identified | undefined, incoming: Identified): boolean {
  if (typeof known?.version !== 'number' || typeof incoming.version !== 'number') return false;
  return incoming.version < known.version;
}

/** What was read, but with what is known in a newer version where an answer came late. */
export function keepNewer<T extends Identified>(known: readonly T[] | undefined, read: readonly T[]): readonly T[] {
  if (!known || known.length === 0) return read;
  const knownById = new Map(known.map((item) => [item.id, item]));
  return read.map((item) => {
    const before = knownById.get(item.id);
    return before && isStale(before, item) ? before : item;
  });
}

/** The list after one change; the same array when nothing changes. */
export function applyChange<T extends Identified>(items: readonly T[], event: ChangeEvent): readonly T[] {
  if (event.change === 'deleted') {
    return items.some((item) => item.id === event.id) ? items.filter((item) => item.id !== event.id) : items;
  }
  const resource = event.resource as T | undefined;
  if (!resource) return items;
  const index = items.findIndex((item) => item.id === event.id);
  if (index < 0) return [...items, resource];
  if (isStale(items[index], resource)) return items;
  return items.map((item, i) => (i === index ? resource : item));
}

/** Reads what an event's data says; undefined for anything that is not a ChangeEvent. */
export function parseChange(data: string): ChangeEvent | undefined {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== 'object' || value === null) return undefined;
    const event = value as Partial<ChangeEvent>;
    return typeof event.kind === 'string' && typeof event.id === 'string' ? (value as ChangeEvent) : undefined;
  } catch {
    return undefined;
  }
}
