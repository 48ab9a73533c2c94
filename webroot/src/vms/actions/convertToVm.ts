import { unavailable, type Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { ConvertVmBackModal } from '../../templates/ConvertToVmModal';
import { whenThere } from './common';

export const convertToVm: Action<Vm> = {
  id: 'convert-to-vm',
  label: 'Convert to VM',
  availability: (vm) => (vm.template ? whenThere(vm) : unavailable('It is no template.')),
  dialog: ConvertVmBackModal,
};
