import { unavailable, type Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { canChange } from '../disks/diskRules';
import { EjectModal } from './EjectModal';
import { InsertModal } from './InsertModal';
import { canGainDrive, changeMedium, type Drive } from './drive';

export const insertIso: Action<Drive> = {
  id: 'insert-iso',
  label: 'Insert ISO',
  availability: ({ vm }) => canChange(vm),
  dialog: InsertModal,
};

export const ejectIso: Action<Drive> = {
  id: 'eject-iso',
  label: 'Eject',
  availability: ({ vm, imageId }) => (imageId === undefined ? unavailable('It is empty.') : canChange(vm)),
  dialog: EjectModal,
};

export const addDrive: Action<Vm> = {
  id: 'add-drive',
  label: 'Add drive',
  availability: canGainDrive,
  run: (vm) => changeMedium(vm, vm.cdroms.length, null),
};
