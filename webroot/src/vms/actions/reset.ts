import type { Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { vmRequest, whenPowered } from './common';

export const resetVm: Action<Vm> = {
  id: 'reset',
  label: 'Reset',
  danger: true,
  availability: (vm) => whenPowered(vm, ['RUNNING', 'PAUSED', 'STOPPING'], 'It is not running.'),
  confirm: (vm) => ({
    title: 'Reset this VM?',
    body: `${vm.name} starts over at once, without shutting its guest down. What the guest has not written to disk is lost.`,
    confirmLabel: 'Reset',
  }),
  run: (vm) => unwrap(api.POST('/vms/{vmId}/reset', vmRequest(vm))),
};
