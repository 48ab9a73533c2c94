import type { Action } from '../../core/actions/action';
import { detachVolume } from '../disks/diskRequests';
import type { DiskRow } from '../disks/diskRow';
import { beforeDetaching, canLose } from '../disks/diskRules';

export const detachDisk: Action<DiskRow> = {
  id: 'detach-disk',
  label: 'Detach',
  danger: true,
  availability: ({ vm, disk }) => canLose(vm, disk.volumeId),
  confirm: ({ vm, name }) => ({
    title: `Detach ${name} from ${vm.name}?`,
    body: beforeDetaching(vm),
    confirmLabel: 'Detach',
  }),
  run: ({ vm, disk }) => detachVolume(vm.id, disk.volumeId),
};
