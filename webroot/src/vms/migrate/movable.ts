import { unavailable, type Availability } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { whenPowered } from '../actions/common';

const BUSY = 'A task works on it; wait for its end.';
const NOT_RUNNING = 'It is not running. Only running VMs are migrated.';

/** Whether its host or its storage can be changed at all. */
export function whenRelocatable(vm: Vm): Availability {
  const still = whenPowered(
    vm,
    ['RUNNING', 'PAUSED', 'STOPPED', 'CRASHED'],
    vm.powerState === 'STOPPING'
      ? 'It is shutting down.'
      : 'It is suspended. Start it, or discard its saved state, first.',
  );
  return still.available && vm.activeTaskId ? unavailable(BUSY) : still;
}

/** Whether the VM itself is as it has to be; what hosts can take it, only those can say. */
export function whenMovable(vm: Vm): Availability {
  const running = whenPowered(vm, ['RUNNING'], NOT_RUNNING);
  return running.available && vm.activeTaskId ? unavailable(BUSY) : running;
}
