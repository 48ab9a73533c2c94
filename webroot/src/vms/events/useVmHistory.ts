import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, unwrap } from '../../core/api/client';
import { pageQuery } from '../../core/api/pages';
import type { HistoryWish } from './history';

const PAGE = 100;

/**
 * What happened to a VM, from the newest back as far as was asked for.
 *
 * @param mark another one whenever something may have happened: then it is read again
 */
export function useVmHistory(vmId: string, { category, kind, by, from }: HistoryWish, mark: string) {
  const query = useInfiniteQuery({
    queryKey: ['vm-history', vmId, category, kind, by, from],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/vms/{vmId}/events', {
          params: {
            path: { vmId },
            query: {
              ...pageQuery(pageParam, PAGE),
              ...(category === '' ? {} : { category }),
              ...(kind === '' ? {} : { kinds: kind }),
              ...(by === '' ? {} : { by }),
              ...(from === '' ? {} : { from }),
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    // What needed no task is in no event of the stream, so it is read whenever the tab is opened.
    staleTime: 0,
  });
  const { refetch } = query;
  const seen = useRef(mark);
  useEffect(() => {
    if (seen.current === mark) return;
    seen.current = mark;
    void refetch();
  }, [mark, refetch]);
  return query;
}
