import type { Action } from '../../../core/actions/action';
import type { VolumeRow } from '../volumeState';
import { cloneVolume } from './cloneVolume';
import { deleteVolume } from './deleteVolume';
import { exportVolume } from './exportVolume';
import { growVolume } from './growVolume';
import { makeIndependent } from './makeIndependent';
import { showSnapshots } from './snapshots';

export const volumeActions: readonly Action<VolumeRow>[] = [
  growVolume,
  showSnapshots,
  cloneVolume,
  exportVolume,
  makeIndependent,
  deleteVolume,
];
