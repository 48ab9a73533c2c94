import type { Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { vmRequest, whenPowered } from './common';

export const shutDownVm: Action<Vm> = {
  id: 'shutdown',
  label: 'Shut down',
  availability: (vm) => whenPowered(vm, ['RUNNING'], 'It is not running.'),
  run: (vm) => unwrap(api.POST('/vms/{vmId}/shutdown', vmRequest(vm))),
};
