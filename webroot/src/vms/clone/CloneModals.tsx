import type { ActionDialogProps } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import type { SnapshotOfVm } from '../snapshots/snapshotTree';
import { CloneForm } from './CloneForm';

export function CloneVmModal({ target: vm, onClose }: ActionDialogProps<Vm>) {
  return <CloneForm vm={vm} snapshotId="" onClose={onClose} />;
}

export function CloneSnapshotModal({ target: { vm, snapshot }, onClose }: ActionDialogProps<SnapshotOfVm>) {
  return <CloneForm vm={vm} snapshotId={snapshot.id} onClose={onClose} />;
}
