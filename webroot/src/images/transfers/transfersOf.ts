import type { Task } from '../../core/api/types';
import { isActive, newestFirst } from '../../tasks/tasks';

/** What moves an image's bytes: in, out, and between pools. */
export const TRANSFER_KINDS: readonly string[] = [
  'image.check',
  'image.import',
  'image.download',
  'image.bring',
  'image.export',
  'vm.export',
];

/** What is under way first, then what ended, newest first. */
export function transfersOf(tasks: readonly Task[]): readonly Task[] {
  const all = newestFirst(tasks.filter((task) => TRANSFER_KINDS.includes(task.kind)));
  return [...all.filter(isActive), ...all.filter((task) => !isActive(task))];
}
