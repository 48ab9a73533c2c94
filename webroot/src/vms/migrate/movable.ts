import { unavailable, type Availability } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { whenPowered } from '../actions/common';

const NOT_RUNNING = 'It is not running. Only running VMs are migrated.';

/** Whether the VM itself is as it has to be; what hosts can take it, only those can say. */
export function whenMovable(vm: Vm): Availability {
  const running = whenPowered(vm, ['RUNNING'], NOT_RUNNING);
  return running.available && vm.activeTaskId ? unavailable('A task works on it; wait for its end.') : running;
}
