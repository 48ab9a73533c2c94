import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { EditResourcesModal } from '../edit/EditResourcesModal';
import { whenPowered } from './common';

export const editResources: Action<Vm> = {
  id: 'edit-resources',
  label: 'Edit resources…',
  availability: (vm) => whenPowered(vm, ['RUNNING', 'PAUSED', 'STOPPING', 'STOPPED', 'CRASHED'], ''),
  dialog: EditResourcesModal,
};
