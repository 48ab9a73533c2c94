import { AVAILABLE, type Action } from '../../../core/actions/action';
import type { Pool } from '../../../core/api/types';
import { EditPoolModal } from '../edit/EditPoolModal';

export const editPool: Action<Pool> = {
  id: 'edit',
  label: 'Edit',
  availability: () => AVAILABLE,
  dialog: EditPoolModal,
};
