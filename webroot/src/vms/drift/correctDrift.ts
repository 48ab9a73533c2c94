import type { Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { vmRequest, whenChangeable } from '../actions/common';

export const correctDrift: Action<Vm> = {
  id: 'correct-drift',
  label: 'Correct',
  availability: whenChangeable,
  confirm: (vm) => ({
    title: 'Define this VM as LimiQuantix has it?',
    body:
      `What was changed of ${vm.name} outside of LimiQuantix is taken back. ` +
      'While it runs, what it does not take at once is pending until it is next started. No data of disks is deleted.',
    confirmLabel: 'Correct',
  }),
  run: (vm) => unwrap(api.POST('/vms/{vmId}/correct-drift', vmRequest(vm))),
};
