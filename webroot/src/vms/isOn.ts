import type { Vm } from '../core/api/types';

/** Whether it has a screen and a serial line now. */
export function isOn(vm: Vm): boolean {
  return vm.phase === 'READY' && ['RUNNING', 'PAUSED', 'STOPPING'].includes(vm.powerState);
}
