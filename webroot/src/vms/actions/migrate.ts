import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { MoveVmModal } from '../migrate/MoveVmModal';
import { whenRelocatable } from '../migrate/movable';

export const migrateVm: Action<Vm> = {
  id: 'migrate',
  label: 'Migrate…',
  availability: whenRelocatable,
  dialog: MoveVmModal,
};
