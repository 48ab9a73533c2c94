import type { Action } from '../../../core/actions/action';
import type { VolumeRow } from '../volumeState';
import { attachToVm } from './attachToVm';
import { cloneVolume } from './cloneVolume';
import { deleteVolume } from './deleteVolume';
import { detachFromVm } from './detachFromVm';
import { growVolume } from './growVolume';
import { makeIndependent } from './makeIndependent';
import { endSharing, makeShareable } from './shareable';
import { showSnapshots } from './snapshots';

export const volumeActions: readonly Action<VolumeRow>[] = [
  attachToVm,
  detachFromVm,
  makeShareable,
  endSharing,
  growVolume,
  showSnapshots,
  cloneVolume,
  makeIndependent,
  deleteVolume,
];
