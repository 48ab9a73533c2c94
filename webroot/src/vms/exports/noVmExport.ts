import type { Vm } from '../../core/api/types';
import { whenPowered } from '../actions/common';

const SUSPENDED = 'It is suspended. Start it and shut it down, or discard its saved state, first.';
const RUNS = 'It is not off. Shut it down first, or export its volumes, each as it is at one moment.';

/** Why a VM cannot be exported now; undefined where it can. */
export function noVmExport(vm: Vm): string | undefined {
  const availability = whenPowered(vm, ['STOPPED', 'CRASHED'], vm.powerState === 'SUSPENDED' ? SUSPENDED : RUNS);
  return availability.available ? undefined : availability.reason;
}
