import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { DeleteVmModal } from './DeleteVmModal';

export const deleteVm: Action<Vm> = {
  id: 'delete',
  label: 'Delete',
  danger: true,
  availability: (vm) => (vm.phase === 'DELETING' && vm.activeTaskId ? unavailable('It is being deleted.') : AVAILABLE),
  dialog: DeleteVmModal,
};
