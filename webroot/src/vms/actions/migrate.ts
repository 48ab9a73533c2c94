import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { MigrateModal } from '../migrate/MigrateModal';
import { whenMovable } from '../migrate/movable';

export const migrateVm: Action<Vm> = {
  id: 'migrate',
  label: 'Migrate…',
  availability: whenMovable,
  dialog: MigrateModal,
};
