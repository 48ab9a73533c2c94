import { AVAILABLE, type Action } from '../../../core/actions/action';
import type { Pool } from '../../../core/api/types';
import { AssignHostModal } from './AssignHostModal';

export const assignHost: Action<Pool> = {
  id: 'assign-host',
  label: 'Assign a host',
  availability: () => AVAILABLE,
  dialog: AssignHostModal,
};
