import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import type { UnmanagedVm } from '../../core/api/types';
import { AdoptVmModal } from './AdoptVmModal';

export const adoptVm: Action<UnmanagedVm> = {
  id: 'adopt',
  label: 'Adopt',
  availability: ({ reasons }) => (reasons.length === 0 ? AVAILABLE : unavailable(reasons.join(' '))),
  dialog: AdoptVmModal,
};
