import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { VmExportsModal } from '../exports/VmExportsModal';

export const exportVm: Action<Vm> = {
  id: 'export',
  label: 'Export…',
  // What was made before can be fetched while the VM runs; the dialog says what keeps a new one from being made.
  availability: ({ phase }) => (phase === 'CREATING' ? unavailable('It is still being created.') : AVAILABLE),
  dialog: VmExportsModal,
};
