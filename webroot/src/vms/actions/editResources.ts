import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { EditResourcesModal } from '../edit/EditResourcesModal';
import { whenChangeable } from './common';

export const editResources: Action<Vm> = {
  id: 'edit-resources',
  label: 'Edit resources…',
  availability: whenChangeable,
  dialog: EditResourcesModal,
};
