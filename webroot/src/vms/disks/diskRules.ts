import { unavailable, type Availability } from '../../core/actions/action';
import type { Vm } from '../../core/api/types';
import { whenChangeable } from '../actions/common';

const MOST_DISKS = 64;

/** Whether the VM can have a disk more now, whichever that is. */
export function canGain(vm: Vm): Availability {
  if (vm.disks.length >= MOST_DISKS) return unavailable(`It has ${MOST_DISKS} disks; more is not possible.`);
  return whenChangeable(vm);
}

/** Whether something about the VM's disks and drives can be changed now. */
export function canChange(vm: Vm): Availability {
  return whenChangeable(vm);
}

export function bootsFrom(vm: Vm, volumeId: string): boolean {
  return vm.disks[0]?.volumeId === volumeId;
}

/** Whether the VM can do without the disk now. */
export function canLose(vm: Vm, volumeId: string): Availability {
  if (bootsFrom(vm, volumeId)) return unavailable(`${vm.name} boots from it.`);
  if (vm.powerState === 'PAUSED')
    return unavailable(`${vm.name} is paused, so its guest cannot let go of it. Resume it.`);
  return whenChangeable(vm);
}

const OFF: readonly Vm['powerState'][] = ['STOPPED', 'CRASHED'];

/** What somebody has to know before a disk is taken from the VM. */
export function beforeDetaching(vm: Vm | undefined): string {
  const stays = 'The volume stays, with all that is on it.';
  if (vm && OFF.includes(vm.powerState)) return stays;
  return `Unmount what is on it inside the guest first. The guest must let go of the disk: while it does not, the task goes on for up to 90 seconds, and then fails with the disk as it was. ${stays}`;
}
