import type { Action } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { Vm } from '../../core/api/types';
import { vmRequest, whenChangeable } from '../actions/common';

/** Stores what the disks have of snapshots and nobody knows of. */
export const findSnapshots: Action<Vm> = {
  id: 'find-snapshots',
  label: 'Find them',
  availability: whenChangeable,
  run: (vm) => unwrap(api.POST('/vms/{vmId}/find-snapshots', vmRequest(vm))),
};
