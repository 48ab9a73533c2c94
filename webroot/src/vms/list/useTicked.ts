import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { Vm } from '../../core/api/types';
import type { Selection } from '../../core/layout/DataTable';
import { pagesKey, type Page } from '../../core/live/pages';

interface Ticked extends Selection<Vm> {
  /** All that are ticked, on whatever page they are, as they are now. */
  selected: readonly Vm[];
  clear: () => void;
}

const NONE: Page<Vm> = { items: [] };
const NOBODY: ReadonlySet<string> = new Set();
const nameOf = ({ name }: Vm): string => name;

/**
 * The VMs that are ticked in a list, also those of its other pages. They are a page of their own in the cache, so what happens to them is
 * noticed, and those that are deleted are ticked no longer. Another filter is another list.
 */
export function useTicked(filter: string): Ticked {
  const queries = useQueryClient();
  const queryKey = useMemo(() => [...pagesKey('vm'), 'ticked', filter], [filter]);
  const { data = NONE } = useQuery<Page<Vm>>({ queryKey, queryFn: skipToken, initialData: NONE, gcTime: 0 });
  // The cache tells of a change a moment later, and a tick box has to be ticked at once.
  const [ticked, setTicked] = useState({ filter, ids: NOBODY });
  const ids = ticked.filter === filter ? ticked.ids : NOBODY;
  const onChange = useCallback(
    (rows: readonly Vm[], isTicked: boolean): void => {
      const changed = new Set(rows.map(({ id }) => id));
      setTicked((before) => {
        const others = before.filter === filter ? [...before.ids].filter((id) => !changed.has(id)) : [];
        return { filter, ids: new Set(isTicked ? [...others, ...changed] : others) };
      });
      queries.setQueryData<Page<Vm>>(queryKey, (before = NONE) => {
        const others = before.items.filter(({ id }) => !changed.has(id));
        return { items: isTicked ? [...others, ...rows] : others };
      });
    },
    [queries, queryKey, filter],
  );
  const clear = (): void => {
    setTicked({ filter, ids: NOBODY });
    queries.setQueryData<Page<Vm>>(queryKey, NONE);
  };
  return { has: ({ id }) => ids.has(id), nameOf, onChange, selected: data.items, clear };
}
