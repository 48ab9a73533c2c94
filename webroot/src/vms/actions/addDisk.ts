import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { AddDiskModal } from '../disks/AddDiskModal';
import { canGain } from '../disks/diskRules';

export const addDisk: Action<Vm> = {
  id: 'add-disk',
  label: 'Add disk',
  availability: canGain,
  dialog: AddDiskModal,
};
