import { useQuery, useQueryClient, keepPreviousData } from '@tanstack/react-query';
import { api, unwrap } from '../core/api/client';
import type { Statistics } from '../core/api/types';

/** Whose numbers they are. */
export type Owner = 'vms' | 'hosts';

export const RANGES = { '1 h': 3600, '24 h': 86_400, '7 d': 7 * 86_400, '30 d': 30 * 86_400 } as const;
export type Range = keyof typeof RANGES;

/** Those at which numbers are kept; others are means of several. */
const KEPT = [5, 60, 900] as const;
type Resolution = (typeof KEPT)[number];

const LEAST_PAUSE_MS = 5000;
const MOST_PAUSE_MS = 60_000;
/** The newest numbers may have been of a step that was not over. */
const READ_AGAIN = 3;

interface Wish {
  from: string;
  resolution?: Resolution;
}

function read(of: Owner, id: string, query: Wish): Promise<Statistics> {
  return of === 'vms'
    ? unwrap(api.GET('/vms/{vmId}/statistics', { params: { path: { vmId: id }, query } }))
    : unwrap(api.GET('/hosts/{hostId}/statistics', { params: { path: { hostId: id }, query } }));
}

const keyOf = ({ name, device }: Statistics['series'][number]): string => `${device ?? ''} ${name}`;

/** What was read before with what was read since in the place of its end; nothing older than the moment given. */
export function joined(before: Statistics, since: Statistics, from: number): Statistics {
  const first = since.times[0] ?? Number.POSITIVE_INFINITY;
  const kept = before.times.flatMap((at, i) => (at >= from && at < first ? [i] : []));
  const old = new Map(before.series.map((one) => [keyOf(one), one]));
  const fresh = new Map(since.series.map((one) => [keyOf(one), one]));
  const series = [...new Map([...old, ...fresh])].map(([key, one]) => ({
    ...one,
    values: [
      ...kept.map((i) => old.get(key)?.values[i] ?? null),
      ...(fresh.get(key)?.values ?? since.times.map(() => null)),
    ],
  }));
  return { ...since, times: [...kept.map((i) => before.times[i] ?? 0), ...since.times], series };
}

/** The numbers of the range until now, read again while it is shown: each time only what is new, where that is possible. */
export function useStatistics(of: Owner, id: string, range: Range) {
  const client = useQueryClient();
  const queryKey = ['statistics', of, id, range];
  return useQuery({
    queryKey,
    queryFn: async () => {
      const from = Math.floor(Date.now() / 1000) - RANGES[range];
      const before = client.getQueryData<Statistics>(queryKey);
      const resolution = KEPT.find((one) => one === before?.resolutionSeconds);
      const again = before?.times.at(-READ_AGAIN);
      if (!before || !resolution || again === undefined || again < from) {
        return read(of, id, { from: new Date(from * 1000).toISOString() });
      }
      return joined(before, await read(of, id, { from: new Date(again * 1000).toISOString(), resolution }), from);
    },
    refetchInterval: ({ state }) =>
      Math.min(MOST_PAUSE_MS, Math.max(LEAST_PAUSE_MS, (state.data?.resolutionSeconds ?? 0) * 1000)),
    placeholderData: keepPreviousData,
  });
}
