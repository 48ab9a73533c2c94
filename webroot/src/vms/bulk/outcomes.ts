import type { Availability } from '../../core/actions/action';
import { messageOf } from '../../core/api/problem';
import { formatCount } from '../../core/format/count';

/** What of a selection an action cannot be taken on, or what refused it. */
export interface Refusal<T> {
  target: T;
  reason: string;
}

/** Those of a selection on which the action can be taken now, and why not on the others. */
export function sorted<T>(
  availability: (target: T) => Availability,
  selected: readonly T[],
): { able: T[]; refused: Refusal<T>[] } {
  const able: T[] = [];
  const refused: Refusal<T>[] = [];
  for (const target of selected) {
    const state = availability(target);
    if (state.available) able.push(target);
    else refused.push({ target, reason: state.reason });
  }
  return { able, refused };
}

/** As in "2 VMs". */
export const countVms = (count: number): string => (count === 1 ? '1 VM' : `${formatCount(count)} VMs`);

export const namesOf = (vms: readonly { name: string }[]): string => vms.map(({ name }) => name).join(', ');

/** So many requests at once, so that the browser has connections left. */
const AT_ONCE = 4;

/** Takes the action on each, some at a time; answers those that refused, and `onDone` hears how many have answered. */
export async function takeOnAll<T>(
  take: (target: T) => Promise<unknown>,
  targets: readonly T[],
  onDone: (count: number) => void,
): Promise<Refusal<T>[]> {
  const left = [...targets];
  const refused: Refusal<T>[] = [];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let target = left.shift(); target; target = left.shift()) {
      try {
        await take(target);
      } catch (error) {
        refused.push({ target, reason: messageOf(error) });
      }
      onDone(++done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return refused;
}
