import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { ViewerModal } from '../../console/ViewerModal';
import { whenPowered } from './common';

export const openInViewer: Action<Vm> = {
  id: 'open-in-viewer',
  label: 'Open in a viewer…',
  availability: (vm) => whenPowered(vm, ['RUNNING', 'PAUSED', 'STOPPING'], 'It is not running.'),
  dialog: ViewerModal,
};
