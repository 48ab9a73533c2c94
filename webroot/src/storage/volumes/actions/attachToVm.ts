import { unavailable, type Action } from '../../../core/actions/action';
import { whoHasIt } from '../attach/attachable';
import { AttachToVmModal } from '../attach/AttachToVmModal';
import { isTaken, type VolumeRow } from '../volumeState';
import { whenReady } from './whenReady';

export const attachToVm: Action<VolumeRow> = {
  id: 'attach',
  label: 'Attach to VM',
  availability: (row) => (isTaken(row) ? unavailable(whoHasIt(row.users)) : whenReady(row)),
  dialog: AttachToVmModal,
};
