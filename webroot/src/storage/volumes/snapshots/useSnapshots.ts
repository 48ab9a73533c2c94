import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Snapshot, Volume } from '../../../core/api/types';
import { listSnapshots } from '../../storage';

/** The snapshots of a volume, oldest first; kept as fresh as the volume is. */
export function useSnapshots(volume: Volume): UseQueryResult<readonly Snapshot[]> {
  return useQuery({
    // Whatever happens to a snapshot changes its volume too.
    queryKey: ['snapshots', volume.id, volume.version],
    queryFn: (): Promise<readonly Snapshot[]> => listSnapshots(volume.id),
    placeholderData: (before) => before,
    staleTime: 0,
  });
}
