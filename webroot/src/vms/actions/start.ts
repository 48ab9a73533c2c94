import type { Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { vmRequest, whenPowered } from './common';

export const startVm: Action<Vm> = {
  id: 'start',
  label: 'Start',
  availability: (vm) => whenPowered(vm, ['STOPPED', 'SUSPENDED', 'CRASHED'], 'It is not stopped.'),
  run: (vm) => unwrap(api.POST('/vms/{vmId}/start', vmRequest(vm))),
};
