import type { Availability } from '../../core/actions/action';
import { messageOf } from '../../core/api/problem';
import type { Vm } from '../../core/api/types';
import { formatCount } from '../../core/format/count';

/** A VM of a selection that an action cannot be taken on, or that refused it. */
export interface Refusal {
  vm: Vm;
  reason: string;
}

/** Those of a selection on which the action can be taken now, and why not on the others. */
export function sorted(
  availability: (vm: Vm) => Availability,
  selected: readonly Vm[],
): { able: Vm[]; refused: Refusal[] } {
  const able: Vm[] = [];
  const refused: Refusal[] = [];
  for (const vm of selected) {
    const state = availability(vm);
    if (state.available) able.push(vm);
    else refused.push({ vm, reason: state.reason });
  }
  return { able, refused };
}

/** As in "2 VMs". */
export const countVms = (count: number): string => (count === 1 ? '1 VM' : `${formatCount(count)} VMs`);

export const namesOf = (vms: readonly Vm[]): string => vms.map(({ name }) => name).join(', ');

/** So many requests at once, so that the browser has connections left. */
const AT_ONCE = 4;

/** Takes the action on each, some at a time; answers those that refused, and `onDone` hears how many have answered. */
export async function takeOnAll(
  take: (vm: Vm) => Promise<unknown>,
  targets: readonly Vm[],
  onDone: (count: number) => void,
): Promise<Refusal[]> {
  const left = [...targets];
  const refused: Refusal[] = [];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let vm = left.shift(); vm; vm = left.shift()) {
      try {
        await take(vm);
      } catch (error) {
        refused.push({ vm, reason: messageOf(error) });
      }
      onDone(++done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return refused;
}
