import type { Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { vmRequest, whenPowered } from './common';

export const suspendVm: Action<Vm> = {
  id: 'suspend',
  label: 'Suspend',
  availability: (vm) => whenPowered(vm, ['RUNNING', 'PAUSED'], 'It is not running.'),
  run: (vm) => unwrap(api.POST('/vms/{vmId}/suspend', vmRequest(vm))),
};
