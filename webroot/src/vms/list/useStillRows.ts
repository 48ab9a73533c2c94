import { useEffect, useRef, useState, type PointerEvent } from 'react';
import type { Vm } from '../../core/api/types';

interface Held {
  list: string;
  /** What was merged last. */
  from: readonly Vm[];
  rows: readonly Vm[];
}

interface Still {
  rows: readonly Vm[];
  /** Whether rows come, go or move as soon as the pointer leaves. */
  waiting: boolean;
  pointer: { onPointerMove: (event: PointerEvent) => void; onPointerLeave: () => void };
}

/** A pointer that rests for so long is not about to click. */
const RESTS_MS = 5000;

/** The rows that are shown, as they are now; those that are no longer in the list stay as they were. */
export function merged(shown: readonly Vm[], now: readonly Vm[]): readonly Vm[] {
  const known = new Map(now.map((vm) => [vm.id, vm]));
  return shown.map((vm) => known.get(vm.id) ?? vm);
}

const places = (rows: readonly Vm[]): string => rows.map(({ id }) => id).join();

/**
 * Keeps each row at its place while the pointer moves over the list, so that nobody clicks on what has just moved there. What a row says
 * changes at once.
 *
 * @param list which list it is: another one is shown at once
 */
export function useStillRows(rows: readonly Vm[], list: string): Still {
  const [held, setHeld] = useState<Held>();
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const isHeld = held?.list === list;
  if (held && isHeld && held.from !== rows) setHeld({ list, from: rows, rows: merged(held.rows, rows) });
  else if (held && !isHeld) setHeld({ list, from: rows, rows });
  const shown = held && isHeld ? merged(held.rows, rows) : rows;
  return {
    rows: shown,
    waiting: shown !== rows && places(shown) !== places(rows),
    pointer: {
      onPointerMove: ({ pointerType }) => {
        if (pointerType !== 'mouse') return;
        clearTimeout(rest.current);
        rest.current = setTimeout(() => setHeld(undefined), RESTS_MS);
        if (!held) setHeld({ list, from: rows, rows });
      },
      onPointerLeave: () => {
        clearTimeout(rest.current);
        setHeld(undefined);
      },
    },
  };
}
