export interface Order {
  column: number;
  descending: boolean;
}

const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b));
}

/** A sorted copy; "vm2" comes before "vm10". */
export function sortRows<T>(
  rows: readonly T[],
  by: ((row: T) => string | number) | undefined,
  descending: boolean,
): readonly T[] {
  if (!by) return rows;
  return [...rows].sort((a, b) => (descending ? -1 : 1) * compare(by(a), by(b)));
}

/** Whether any of the texts contains what was searched for. */
export function matches(search: string, ...texts: readonly (string | undefined)[]): boolean {
  const wanted = search.trim().toLowerCase();
  return wanted === '' || texts.some((text) => text?.toLowerCase().includes(wanted));
}
