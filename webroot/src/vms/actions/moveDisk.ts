import type { Action } from '../../core/actions/action';
import type { DiskRow } from '../disks/diskRow';
import { whenRelocatable } from '../migrate/movable';
import { MoveDiskModal } from '../moves/MoveDiskModal';

export const moveDisk: Action<DiskRow> = {
  id: 'move-disk',
  label: 'Move',
  availability: ({ vm }) => whenRelocatable(vm),
  dialog: MoveDiskModal,
};
