import type { HistoryEntry } from '../../core/api/types';
import { Remark } from '../../core/layout/Remark';
import { useItem } from '../../core/live/collection';
import { tasks } from '../../tasks/tasks';

/** How the task says it in its log, once it is so. */
const MOVED = /^Moved from .+ to /;

/** Whether only the log of its task says from where to where a VM was moved. */
export function isFinishedMigration(entry: HistoryEntry): entry is HistoryEntry & { taskId: string } {
  const { kind, outcome, text, taskId } = entry;
  return kind === 'vm.migrate' && outcome === 'SUCCEEDED' && text === undefined && taskId !== undefined;
}

/** From where to where a VM was moved, as far as its task is kept and says so. */
export function MigrationRemark({ taskId }: { taskId: string }) {
  return <Remark text={useItem(tasks, taskId).data?.log.findLast(({ text }) => MOVED.test(text))?.text} />;
}
