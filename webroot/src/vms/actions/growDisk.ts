import type { Action } from '../../core/actions/action';
import type { DiskRow } from '../disks/diskRow';
import { canChange } from '../disks/diskRules';
import { GrowDiskModal } from '../disks/GrowDiskModal';

export const growDisk: Action<DiskRow> = {
  id: 'grow-disk',
  label: 'Grow',
  availability: ({ vm }) => canChange(vm),
  dialog: GrowDiskModal,
};
