import { AVAILABLE, unavailable, type Availability } from '../../core/actions/action';
import { once } from '../../core/api/client';
import type { Vm } from '../../core/api/types';

type PowerState = Vm['powerState'];

/** Available unless the VM is being made or deleted. */
export function whenThere(vm: Vm): Availability {
  if (vm.phase === 'CREATING') return unavailable('It is still being created.');
  return vm.phase === 'DELETING' ? unavailable('It is being deleted.') : AVAILABLE;
}

export const IS_TEMPLATE = 'It is a template. Deploy a VM from it, or convert it back to a VM.';

/** As {@link whenInState}, and never for a template that is off. */
export function whenPowered(vm: Vm, states: readonly PowerState[], otherwise: string): Availability {
  const off = vm.powerState === 'STOPPED' || vm.powerState === 'CRASHED';
  return vm.template && vm.phase === 'READY' && off ? unavailable(IS_TEMPLATE) : whenInState(vm, states, otherwise);
}

/** Available while the VM is in one of these states; otherwise says why not. */
export function whenInState(vm: Vm, states: readonly PowerState[], otherwise: string): Availability {
  if (vm.phase === 'CREATING') return unavailable('It is still being created.');
  if (vm.phase === 'DELETING')
    return unavailable(vm.activeTaskId ? 'It is being deleted.' : 'It is half deleted; delete it again.');
  if (vm.phase === 'LOST') return unavailable('Its host no longer has it.');
  if (vm.powerState === 'UNKNOWN') return unavailable('Its host does not answer, so its state is unknown.');
  return states.includes(vm.powerState) ? AVAILABLE : unavailable(otherwise);
}

const CHANGEABLE: readonly PowerState[] = ['RUNNING', 'PAUSED', 'STOPPING', 'STOPPED', 'CRASHED'];

/** Available while its hardware can be changed: the memory of one that is suspended knows that as it is. */
export function whenChangeable(vm: Vm): Availability {
  return whenPowered(vm, CHANGEABLE, 'It is suspended. Start it, or discard its saved state, first.');
}

export function vmRequest(vm: Vm): { params: { path: { vmId: string }; header: { 'Idempotency-Key': string } } } {
  return { params: { path: { vmId: vm.id }, header: once() } };
}
