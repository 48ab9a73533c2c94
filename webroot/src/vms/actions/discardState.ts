import type { Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { vmRequest, whenPowered } from './common';

export const discardVmState: Action<Vm> = {
  id: 'discard-state',
  label: 'Discard saved state',
  danger: true,
  availability: (vm) => whenPowered(vm, ['SUSPENDED'], 'It is not suspended.'),
  confirm: (vm) => ({
    title: 'Discard the saved state of this VM?',
    body: `${vm.name} is stopped then, as after its plug was pulled. What its guest has not written to disk is lost.`,
    confirmLabel: 'Discard',
  }),
  run: (vm) => unwrap(api.POST('/vms/{vmId}/discard-saved-state', vmRequest(vm))),
};
