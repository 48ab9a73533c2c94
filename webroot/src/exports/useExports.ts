import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Export, Task } from '../core/api/types';
import { useList } from '../core/live/collection';
import { tasks } from '../tasks/tasks';
import { listExports, type ExportOrigin } from './exportApi';

const KINDS: Readonly<Record<ExportOrigin['kind'], string>> = {
  VOLUME: 'volume.export',
  IMAGE: 'image.export',
  VM: 'vm.export',
};

/** The tasks that make files of such things, as far as they are known. */
export function useExportTasks(kind: ExportOrigin['kind']): readonly Task[] {
  return (useList(tasks).data ?? []).filter((task) => task.kind === KINDS[kind]);
}

export const exportsKey = ({ kind, id }: ExportOrigin): [string, string, string] => ['exports', kind, id];

/** The files that were made of it, newest first; read anew whenever a task that makes one begins or ends. */
export function useExports(origin: ExportOrigin, making: readonly Task[]): UseQueryResult<readonly Export[]> {
  // No event speaks of an export itself.
  const known = making.map((task) => `${task.id} ${task.state}`);
  return useQuery({
    queryKey: [...exportsKey(origin), ...known.sort()],
    queryFn: (): Promise<readonly Export[]> => listExports(origin),
    placeholderData: (before) => before,
    staleTime: 0,
  });
}
