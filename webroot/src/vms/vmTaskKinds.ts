import type { VmTaskKind } from '../core/api/types';

/** All that the contract names, in the order in which they are offered: one that is missing here is an error of types. */
const EACH: Record<VmTaskKind, true> = {
  'vm.create': true,
  'vm.clone': true,
  'vm.start': true,
  'vm.shutdown': true,
  'vm.reboot': true,
  'vm.force-stop': true,
  'vm.reset': true,
  'vm.pause': true,
  'vm.resume': true,
  'vm.suspend': true,
  'vm.discard-state': true,
  'vm.migrate': true,
  'vm.move-disks': true,
  'vm.edit': true,
  'vm.correct-drift': true,
  'vm.accept-drift': true,
  'vm.adopt': true,
  'vm.release': true,
  'vm.attach-disk': true,
  'vm.edit-disk': true,
  'vm.detach-disk': true,
  'vm.change-cdrom': true,
  'vm.attach-nic': true,
  'vm.change-nic': true,
  'vm.detach-nic': true,
  'vm.snapshot': true,
  'vm.revert': true,
  'vm.delete-snapshot': true,
  'vm.find-snapshots': true,
  'vm.export': true,
  'vm.delete': true,
};

/** What can be done with a VM, as its tasks are called. */
export const VM_TASK_KINDS = Object.keys(EACH) as readonly VmTaskKind[];
