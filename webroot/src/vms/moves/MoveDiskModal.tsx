import type { ActionDialogProps } from '../../core/actions/action';
import type { DiskRow } from '../disks/diskRow';
import { MoveDisksModal } from './MoveDisksModal';

/** Asks to which pool one disk is to be moved. */
export function MoveDiskModal({ target: { vm, disk, name }, onClose }: ActionDialogProps<DiskRow>) {
  return (
    <MoveDisksModal
      vm={vm}
      title={`Move ${name} to another pool`}
      submitLabel="Move"
      only={disk.volumeId}
      onClose={onClose}
    />
  );
}
