import { api, ifUnchanged, unwrap } from '../../core/api/client';
import { ApiError } from '../../core/api/problem';
import type { EditVm, Vm } from '../../core/api/types';

/** So often somebody else may come first. */
const TRIES = 4;

/** Changes a VM from what it is now: where somebody else was first, from what they made of it. No change: nothing is asked. */
export async function changeVm(vm: Vm, change: (now: Vm) => EditVm | undefined): Promise<void> {
  const path = { vmId: vm.id };
  let now = vm;
  for (let left = TRIES; ; left--) {
    const body = change(now);
    if (!body) return;
    try {
      await unwrap(api.PATCH('/vms/{vmId}', { params: { path, header: ifUnchanged(now) }, body }));
      return;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 412 || left === 1) throw error;
      now = await unwrap(api.GET('/vms/{vmId}', { params: { path } }));
    }
  }
}
