import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { EditSettingsModal } from '../edit/EditSettingsModal';
import { whenThere } from './common';

export const editSettings: Action<Vm> = {
  id: 'edit-settings',
  label: 'Edit settings…',
  availability: whenThere,
  dialog: EditSettingsModal,
};
