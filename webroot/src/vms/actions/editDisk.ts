import type { Action } from '../../core/actions/action';
import type { DiskRow } from '../disks/diskRow';
import { canChange } from '../disks/diskRules';
import { EditDiskModal } from '../disks/EditDiskModal';

export const editDisk: Action<DiskRow> = {
  id: 'edit-disk',
  label: 'Edit',
  availability: ({ vm }) => canChange(vm),
  dialog: EditDiskModal,
};
