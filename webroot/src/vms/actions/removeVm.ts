import { api, ifUnchanged, unwrap } from '../../core/api/client';
import type { TaskAccepted, Vm } from '../../core/api/types';

const OFF: readonly Vm['powerState'][] = ['STOPPED', 'SUSPENDED', 'CRASHED'];

/** Whether deleting it stops it first. */
export const mustStop = (vm: Vm): boolean => !OFF.includes(vm.powerState) && vm.phase === 'READY';

/** A running VM changes its version by itself, so that only a stopped one is compared with what was read. */
export function removeVm(vm: Vm, keepDisks: boolean): Promise<TaskAccepted> {
  const force = mustStop(vm);
  return unwrap(
    api.DELETE('/vms/{vmId}', {
      params: { path: { vmId: vm.id }, query: { keepDisks, force }, header: force ? {} : ifUnchanged(vm) },
    }),
  );
}
