import type { Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { vmRequest, whenPowered } from './common';

export const resumeVm: Action<Vm> = {
  id: 'resume',
  label: 'Resume',
  availability: (vm) =>
    whenPowered(vm, ['PAUSED'], vm.powerState === 'SUSPENDED' ? 'It is suspended; start it.' : 'It is not paused.'),
  run: (vm) => unwrap(api.POST('/vms/{vmId}/resume', vmRequest(vm))),
};
