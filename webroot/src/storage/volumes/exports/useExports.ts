import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Export, Task } from '../../../core/api/types';
import { useList } from '../../../core/live/collection';
import { tasks } from '../../../tasks/tasks';
import { listExports } from '../../storage';

const KIND = 'volume.export';

/** The tasks that make files of volumes, as far as they are known. */
export function useExportTasks(): readonly Task[] {
  return (useList(tasks).data ?? []).filter((task) => task.kind === KIND);
}

export const exportsKey = (volumeId: string): [string, string] => ['exports', volumeId];

/** The files of a volume, newest first; read anew whenever a task that makes one begins or ends. */
export function useExports(volumeId: string, making: readonly Task[]): UseQueryResult<readonly Export[]> {
  // No event speaks of an export itself.
  const known = making.map((task) => `${task.id} ${task.state}`);
  return useQuery({
    queryKey: [...exportsKey(volumeId), ...known.sort()],
    queryFn: (): Promise<readonly Export[]> => listExports(volumeId),
    placeholderData: (before) => before,
    staleTime: 0,
  });
}
