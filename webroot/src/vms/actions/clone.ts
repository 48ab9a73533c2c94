import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { CloneVmModal } from '../clone/CloneModals';
import { whenInState } from './common';

export const cloneVm: Action<Vm> = {
  id: 'clone',
  label: 'Clone…',
  availability: (vm) =>
    whenInState(
      vm,
      ['RUNNING', 'PAUSED', 'STOPPING', 'STOPPED', 'CRASHED'],
      'It is suspended. Start it, or discard its saved state, first; or clone one of its snapshots.',
    ),
  dialog: CloneVmModal,
};
