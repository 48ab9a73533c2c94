import { useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { UnmanagedVm } from '../../core/api/types';
import { itemOptions } from '../../core/live/collection';
import { tasks } from '../../tasks/tasks';
import { adoptionBy, type Adoption, type Adoptions } from './adoptions';
import { keyOf } from './domains';

type Asked = { taskId: string } | { refusal: string };

const tasksOf = (asked: ReadonlyMap<string, Asked>): { key: string; taskId: string }[] =>
  [...asked].flatMap(([key, one]) => ('taskId' in one ? [{ key, taskId: one.taskId }] : []));

/** The adoptions that were asked for on this page. Once none runs any more, the hosts are asked what is left. */
export function useAdoptionsHere(lookAgain: () => Promise<{ isSuccess: boolean }>): Adoptions {
  const [asked, setAsked] = useState<ReadonlyMap<string, Asked>>(new Map());
  const begun = useMemo(() => tasksOf(asked), [asked]);
  const read = useQueries({
    queries: begun.map(({ taskId }) => itemOptions(tasks, taskId)),
    combine: (answers) => answers.map(({ data, error }) => adoptionBy(data, error ?? undefined)),
  });
  const known = useMemo(() => {
    const all = new Map<string, Adoption>();
    for (const [key, one] of asked) if ('refusal' in one) all.set(key, { state: 'failed', reason: one.refusal });
    begun.forEach(({ key }, i) => all.set(key, read[i] ?? { state: 'running' }));
    return all;
  }, [asked, begun, read]);

  const isBusy = [...known.values()].some(({ state }) => state === 'running');
  const wasBusy = useRef(false);
  const latest = useRef(known);
  useEffect(() => {
    latest.current = known;
  }, [known]);
  useEffect(() => {
    const hasEnded = wasBusy.current && !isBusy;
    wasBusy.current = isBusy;
    if (!hasEnded) return;
    const done = new Set([...latest.current].filter(([, { state }]) => state === 'done').map(([key]) => key));
    void lookAgain().then(({ isSuccess }) => {
      // What the hosts say counts from then on, also of one that was released again.
      if (isSuccess) setAsked((before) => new Map([...before].filter(([key]) => !done.has(key))));
    });
  }, [isBusy, lookAgain]);

  const note = useCallback(
    (vm: UnmanagedVm, one: Asked) => setAsked((before) => new Map(before).set(keyOf(vm), one)),
    [],
  );
  return useMemo(
    () => ({
      of: (vm) => known.get(keyOf(vm)),
      onBegun: (vm, taskId) => note(vm, { taskId }),
      onRefused: (vm, refusal) => note(vm, { refusal }),
    }),
    [known, note],
  );
}
