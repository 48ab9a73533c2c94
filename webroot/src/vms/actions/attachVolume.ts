import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { AttachVolumeModal } from '../disks/AttachVolumeModal';
import { canGain } from '../disks/diskRules';

export const attachVolumeToVm: Action<Vm> = {
  id: 'attach-volume',
  label: 'Attach volume',
  availability: canGain,
  dialog: AttachVolumeModal,
};
