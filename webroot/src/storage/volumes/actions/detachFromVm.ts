import { AVAILABLE, unavailable, type Action } from '../../../core/actions/action';
import { DetachFromVmModal } from '../attach/DetachFromVmModal';
import { whyNotFrom } from '../attach/attachable';
import type { VolumeRow } from '../volumeState';

export const detachFromVm: Action<VolumeRow> = {
  id: 'detach',
  label: 'Detach',
  danger: true,
  availability: ({ volume, users }) => {
    if (users.length === 0) return unavailable('No VM has it.');
    const reasons = users.map((user) => whyNotFrom(user, volume.id));
    const first = reasons[0];
    return first !== undefined && reasons.every((reason) => reason !== undefined) ? unavailable(first) : AVAILABLE;
  },
  dialog: DetachFromVmModal,
};
