import { useInfiniteQuery } from '@tanstack/react-query';
import { api, unwrap } from '../core/api/client';
import { pageQuery } from '../core/api/pages';

const PAGE = 100;

interface Wanted {
  active?: boolean | undefined;
  /** Empty for all. */
  kinds?: readonly string[];
  /** Absent for those of everything. */
  targetId?: string | undefined;
}

/** The tasks from the newest back, as far as was asked for; the event stream keeps the newest fresh. */
export function useTasksBack({ active, kinds = [], targetId }: Wanted) {
  return useInfiniteQuery({
    queryKey: ['task', 'back', targetId ?? 'all', active ?? 'all', ...kinds],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/tasks', {
          params: {
            query: {
              ...pageQuery(pageParam, PAGE),
              ...(active === undefined ? {} : { active }),
              ...(targetId === undefined ? {} : { targetId }),
              ...(kinds.length === 0 ? {} : { kinds: kinds.join(',') }),
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
  });
}
