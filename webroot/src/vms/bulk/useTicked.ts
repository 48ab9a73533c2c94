import { useState } from 'react';
import type { Vm } from '../../core/api/types';
import type { Selection } from '../../core/layout/DataTable';

interface Ticked extends Selection<Vm> {
  /** Those of these rows that are ticked: what is not shown is not acted on. */
  chosen: (rows: readonly Vm[]) => Vm[];
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** The VMs that are ticked in a list. */
export function useTicked(): Ticked {
  const [ids, setIds] = useState(NONE);
  return {
    has: ({ id }) => ids.has(id),
    nameOf: ({ name }) => name,
    onChange: (rows, ticked) =>
      setIds((before) => {
        const after = new Set(before);
        for (const { id } of rows) {
          if (ticked) after.add(id);
          else after.delete(id);
        }
        return after;
      }),
    chosen: (rows) => rows.filter(({ id }) => ids.has(id)),
    clear: () => setIds(NONE),
  };
}
