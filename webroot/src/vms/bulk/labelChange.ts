import type { Vm } from '../../core/api/types';
import { parseLabels } from '../create/hardware';

/** What is to be done to the labels of each. */
export interface LabelChange {
  /** One a line, as in "env=test". */
  add: string;
  /** Keys. */
  remove: readonly string[];
}

/** The keys that there are, with how many have them. */
export function keysOf(vms: readonly Vm[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const key of vms.flatMap(({ labels }) => Object.keys(labels))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => a.localeCompare(b));
}

/** The labels of one afterwards; undefined where they stay as they are. What is both taken away and added is added. */
export function labelsAfter(labels: Vm['labels'], { add, remove }: LabelChange): Vm['labels'] | undefined {
  const kept = Object.entries(labels).filter(([key]) => !remove.includes(key));
  const after = { ...Object.fromEntries(kept), ...parseLabels(add) };
  const keys = Object.keys(after);
  const isSame = keys.length === Object.keys(labels).length && keys.every((key) => labels[key] === after[key]);
  return isSame ? undefined : after;
}
