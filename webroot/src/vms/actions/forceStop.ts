import type { Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { vmRequest, whenPowered } from './common';

export const forceStopVm: Action<Vm> = {
  id: 'force-stop',
  label: 'Force stop',
  danger: true,
  availability: (vm) => whenPowered(vm, ['RUNNING', 'PAUSED', 'STOPPING'], 'It is not running.'),
  confirm: (vm) => ({
    title: 'Force stop this VM?',
    body: `${vm.name} stops at once, like pulling the plug. What its guest has not written to disk is lost.`,
    confirmLabel: 'Force stop',
  }),
  run: (vm) => unwrap(api.POST('/vms/{vmId}/force-stop', vmRequest(vm))),
};
