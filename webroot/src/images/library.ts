import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../core/api/client';
import { allPages, pageQuery } from '../core/api/pages';
import type { Image, Task } from '../core/api/types';
import { useList } from '../core/live/collection';
import { isActive, tasks } from '../tasks/tasks';

/** An image, with whether its check was left by every task, so that it will never end. */
export interface LibraryImage extends Image {
  abandoned: boolean;
  /** What a task does with its bytes before they are checked. */
  coming: 'Downloading' | 'Importing' | 'Unpacking' | 'Reading' | 'Converting' | undefined;
}

/** What a step of a task does with them. */
const STEPS: readonly (readonly [RegExp, LibraryImage['coming']])[] = [
  [/^unpacking/, 'Unpacking'],
  [/^reading the appliance/, 'Reading'],
  [/^converting/, 'Converting'],
  [/^(checking|delete|enter)/, undefined],
];

/** Once its bytes are there, a task no longer does what it is named for. */
function doneBy({ step = '', kind }: Pick<Task, 'step' | 'kind'>): LibraryImage['coming'] {
  const known = STEPS.find(([begin]) => begin.test(step));
  return known ? known[1] : COMING[kind];
}

const COMING: Readonly<Record<string, LibraryImage['coming']>> = {
  'image.download': 'Downloading',
  'image.import': 'Importing',
};

function comingOf(image: Pick<Image, 'id' | 'state'>, newest: readonly Task[]): LibraryImage['coming'] {
  if (image.state !== 'CHECKING') return undefined;
  const task = newest.find((one) => one.targetId === image.id && isActive(one));
  return task && doneBy(task);
}

/**
 * @param newest the tasks that are at hand, kept fresh by events; an older task may be missing
 * @param active all that were active when they were read; undefined while nobody knows
 */
export function isAbandoned(
  image: Pick<Image, 'id' | 'state'>,
  newest: readonly Task[],
  active: readonly Task[] | undefined,
): boolean {
  if (image.state !== 'CHECKING' || active === undefined) return false;
  const ended = new Set(newest.filter((task) => !isActive(task)).map((task) => task.id));
  return ![...newest, ...active].some((task) => task.targetId === image.id && isActive(task) && !ended.has(task.id));
}

/** Images as the library shows them. */
export function useLibrary(images: readonly Image[]): readonly LibraryImage[] {
  const newest = useList(tasks).data ?? [];
  const doubtful = images.filter((image) => isAbandoned(image, newest, [])).map((image) => image.id);
  const active = useQuery({
    queryKey: ['task', 'active', ...doubtful],
    queryFn: () =>
      allPages((cursor) => unwrap(api.GET('/tasks', { params: { query: { ...pageQuery(cursor), active: true } } }))),
    enabled: doubtful.length > 0,
  });
  return images.map((image) => ({
    ...image,
    abandoned: isAbandoned(image, newest, active.data),
    coming: comingOf(image, newest),
  }));
}
