import { api, unwrap } from '../core/api/client';
import { ApiError } from '../core/api/problem';
import type { Task } from '../core/api/types';
import type { Collection } from '../core/live/collection';

/** How many of the newest tasks the UI keeps at hand. */
const NEWEST = 200;

export const tasks: Collection<Task> = {
  kind: 'task',
  list: async () => (await unwrap(api.GET('/tasks', { params: { query: { limit: NEWEST } } }))).items,
  get: (taskId) => unwrap(api.GET('/tasks/{taskId}', { params: { path: { taskId } } })),
};

export function isActive(task: Pick<Task, 'state'>): boolean {
  return task.state === 'QUEUED' || task.state === 'RUNNING' || task.state === 'UNDOING';
}

const ASK_AGAIN_MS = 300;
const PATIENCE_MS = 30_000;

/** Waits until a short task has succeeded; throws its reason when it did not. */
export async function ended(taskId: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const task = await tasks.get(taskId);
    if (task.state === 'SUCCEEDED') return;
    if (!isActive(task)) throw new ApiError(task.failure?.message ?? 'It was cancelled.', 409, 'CONFLICT');
    if (Date.now() > deadline) throw new ApiError(`${taskTitle(task.kind)} takes long; try again later.`, 409, 'BUSY');
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

/** What reads wrong when it is put together of its words. */
const TITLES: Readonly<Record<string, string>> = {
  'vm.edit': 'Change VM',
  'vm.correct-drift': 'Correct drift of VM',
  'vm.accept-drift': 'Accept drift of VM',
  'vm.adopt': 'Adopt VM',
  'vm.release': 'Release VM',
  'vm.discard-state': 'Discard saved state of VM',
  'vm.edit-disk': 'Change disk of VM',
  'vm.change-cdrom': 'Change CD-ROM of VM',
  'vm.attach-disk': 'Attach disk to VM',
  'vm.attach-nic': 'Add network card to VM',
  'vm.change-nic': 'Change network card of VM',
  'vm.detach-nic': 'Remove network card from VM',
  'vm.move-disks': 'Move disks of VM',
  'vm.snapshot': 'Make snapshot of VM',
  'vm.revert': 'Bring VM back to snapshot',
  'vm.delete-snapshot': 'Delete snapshot of VM',
  'vm.find-snapshots': 'Find snapshots of VM',
  'host.autostart': 'Start VMs of host',
  'network.create': 'Create network',
  'network.delete': 'Delete network',
  'vm.detach-disk': 'Detach disk from VM',
  'image.bring': 'Copy image to pool',
  'image.remove-copy': 'Remove copy of image',
  'volume.create-from-far-image': 'Create volume, bringing its image',
};

/** "vm.create" and "CreateVm" as words, what is done first: "Create VM". */
export function taskTitle(kind: string): string {
  const known = TITLES[kind];
  if (known) return known;
  const parts = kind.split('.');
  const spoken = (parts.length === 2 ? parts.toReversed() : parts)
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => (word.toLowerCase() === 'vm' ? 'VM' : word.toLowerCase()))
    .join(' ');
  return spoken.charAt(0).toUpperCase() + spoken.slice(1);
}

export function newestFirst(list: readonly Task[]): readonly Task[] {
  return [...list].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** Where the thing that a task is about has its page. */
export function targetPath(task: Pick<Task, 'targetKind' | 'targetId'>): string | undefined {
  switch (task.targetKind.toLowerCase()) {
    case 'vm':
      return `/vms/${task.targetId}`;
    case 'host':
      return `/hosts/${task.targetId}`;
    case 'network':
      return `/networks/${task.targetId}`;
    case 'image':
    case 'image-copy':
      return '/images';
    case 'pool':
    case 'volume':
    case 'export':
      return '/storage';
    default:
      return undefined;
  }
}
