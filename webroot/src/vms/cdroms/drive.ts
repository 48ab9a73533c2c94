import { AVAILABLE, unavailable, type Availability } from '../../core/actions/action';
import { api, once, unwrap } from '../../core/api/client';
import type { TaskAccepted, Vm } from '../../core/api/types';
import { canChange } from '../disks/diskRules';

export const MOST_DRIVES = 4;

/** A CD-ROM drive of a VM. */
export interface Drive {
  vm: Vm;
  /** From 0. */
  number: number;
  /** Undefined: it is empty. */
  imageId: string | undefined;
  /** What is in it. */
  medium: string;
}

export const driveName = ({ number }: Pick<Drive, 'number'>): string => `CD-ROM drive ${number + 1}`;

export function changeMedium(vm: Vm, drive: number, imageId: string | null, force = false): Promise<TaskAccepted> {
  const params = { path: { vmId: vm.id, drive }, header: once() };
  return unwrap(api.PUT('/vms/{vmId}/cdroms/{drive}', { params, body: { imageId, ...(force ? { force } : {}) } }));
}

/** Whether the VM can have one drive more now. */
export function canGainDrive(vm: Vm): Availability {
  if (vm.cdroms.length >= MOST_DRIVES) return unavailable(`It has ${MOST_DRIVES} drives; more is not possible.`);
  const there = canChange(vm);
  if (!there.available) return there;
  return ['STOPPED', 'CRASHED'].includes(vm.powerState)
    ? AVAILABLE
    : unavailable('A drive is added only while the VM is off. Shut it down first.');
}
