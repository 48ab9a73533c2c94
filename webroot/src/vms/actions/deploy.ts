import { unavailable, type Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { DeployVmModal } from '../../templates/DeployModal';
import { whenThere } from './common';

export const deployVm: Action<Vm> = {
  id: 'deploy',
  label: 'Deploy…',
  availability: (vm) => (vm.template ? whenThere(vm) : unavailable('It is no template.')),
  dialog: DeployVmModal,
};
