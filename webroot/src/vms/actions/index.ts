import type { Action } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { addDisk } from './addDisk';
import { attachVolumeToVm } from './attachVolume';
import { cloneVm } from './clone';
import { convertToTemplate } from './convertToTemplate';
import { convertToVm } from './convertToVm';
import { deleteVm } from './delete';
import { deployVm } from './deploy';
import { discardVmState } from './discardState';
import { editResources } from './editResources';
import { editSettings } from './editSettings';
import { exportVm } from './exportVm';
import { forceStopVm } from './forceStop';
import { migrateVm } from './migrate';
import { openInViewer } from './openInViewer';
import { pauseVm } from './pause';
import { rebootVm } from './reboot';
import { releaseVm } from './release';
import { resetVm } from './reset';
import { resumeVm } from './resume';
import { shutDownVm } from './shutdown';
import { startVm } from './start';
import { suspendVm } from './suspend';
import { takeSnapshot } from './takeSnapshot';

/** All that can be done to a VM, in the order of every menu. */
export const vmActions: readonly Action<Vm>[] = [
  startVm,
  shutDownVm,
  rebootVm,
  pauseVm,
  resumeVm,
  suspendVm,
  discardVmState,
  forceStopVm,
  resetVm,
  openInViewer,
  editSettings,
  editResources,
  addDisk,
  attachVolumeToVm,
  takeSnapshot,
  migrateVm,
  cloneVm,
  convertToTemplate,
  deployVm,
  convertToVm,
  exportVm,
  releaseVm,
  deleteVm,
];
