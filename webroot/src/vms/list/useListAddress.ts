import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { readAddress, writeAddress, type ListAddress } from './address';
import type { VmWish } from './wish';

interface Handle extends ListAddress {
  /** Lists other VMs, from the first page on; what is typed leaves no trace in the browser's history. */
  list: (change: Partial<{ [K in keyof VmWish]: VmWish[K] | undefined }>, typing?: boolean) => void;
  turn: (page: number, cursor: string | undefined) => void;
}

/** What is listed, as the address says it: going back, a bookmark and a link lead to the same list. */
export function useListAddress(): Handle {
  const [params, setParams] = useSearchParams();
  const address = useMemo(() => readAddress(params), [params]);
  const list: Handle['list'] = useCallback(
    (change, typing = false) =>
      setParams((before) => writeAddress({ wish: { ...readAddress(before).wish, ...change } as VmWish, page: 1 }), {
        replace: typing,
      }),
    [setParams],
  );
  const turn = useCallback(
    (page: number, cursor: string | undefined) =>
      setParams((before) =>
        writeAddress({ wish: readAddress(before).wish, page, ...(cursor === undefined ? {} : { cursor }) }),
      ),
    [setParams],
  );
  return { ...address, list, turn };
}
