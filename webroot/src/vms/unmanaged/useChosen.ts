import { useCallback, useMemo, useState } from 'react';
import type { UnmanagedVm } from '../../core/api/types';
import type { Selection } from '../../core/layout/DataTable';
import { whyNot, type Adoptions } from './adoptions';
import { fullName, keyOf } from './domains';

export interface Chosen extends Selection<UnmanagedVm> {
  /** All that can be adopted now. */
  able: readonly UnmanagedVm[];
  /** Those of them that are ticked. */
  selected: readonly UnmanagedVm[];
}

/** The domains that are ticked to be adopted. One whose adoption fails is ticked still. */
export function useChosen(rows: readonly UnmanagedVm[], adoptions: Adoptions): Chosen {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const onChange = useCallback((changed: readonly UnmanagedVm[], isTicked: boolean): void => {
    const keys = changed.map(keyOf);
    setTicked((before) => new Set(isTicked ? [...before, ...keys] : [...before].filter((key) => !keys.includes(key))));
  }, []);
  return useMemo(() => {
    const why = (vm: UnmanagedVm): string | undefined => whyNot(vm, adoptions.of(vm));
    const able = rows.filter((vm) => why(vm) === undefined);
    const has = (vm: UnmanagedVm): boolean => ticked.has(keyOf(vm)) && why(vm) === undefined;
    return { has, nameOf: fullName, whyNot: why, onChange, able, selected: able.filter(has) };
  }, [rows, adoptions, ticked, onChange]);
}
