import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Task } from '../../core/api/types';
import { isActive } from '../tasks';

function whatStays({ kind, targetName }: Task): string {
  switch (kind) {
    case 'vm.migrate':
      return `${targetName} goes on running on the host where it is, and what was copied to the other one is deleted.`;
    case 'vm.move-disks':
      return `The disk of ${targetName} that is copied now stays where it is, and the copy is deleted. Disks that were moved before stay in their new pool.`;
    default:
      return `It stops at the next safe point, and what it made for ${targetName} is undone.`;
  }
}

export const cancelTask: Action<Task> = {
  id: 'cancel',
  label: 'Cancel',
  availability: (task) => {
    if (!isActive(task)) return unavailable('It has ended.');
    if (task.state === 'UNDOING') return unavailable('It is already being undone.');
    if (task.cancelRequested) return unavailable('It was asked to stop.');
    return AVAILABLE;
  },
  confirm: (task) => ({
    title: 'Cancel this task?',
    body: whatStays(task),
    confirmLabel: 'Cancel the task',
    dismissLabel: 'Let it run',
  }),
  run: async (task) => {
    await unwrap(api.POST('/tasks/{taskId}/cancel', { params: { path: { taskId: task.id } } }));
    return undefined;
  },
  doneMessage: (task) => `Asked to stop: ${task.targetName}`,
};
