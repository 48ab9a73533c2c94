import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { TakeSnapshotModal } from '../snapshots/TakeSnapshotModal';
import { whenChangeable } from './common';

export const takeSnapshot: Action<Vm> = {
  id: 'snapshot',
  label: 'Take snapshot…',
  availability: whenChangeable,
  dialog: TakeSnapshotModal,
};
