import type { Vm } from '../../../core/api/types';
import { canLose } from '../../../vms/disks/diskRules';
import { isTaken, userName, type VolumeRow, type VolumeUser } from '../volumeState';

const NAMED = 2;

/** "web-1", "web-1 and web-2", "web-1, web-2 and 3 more". */
export function namesOf(users: readonly VolumeUser[]): string {
  const names = users.slice(0, NAMED).map(userName);
  const more = users.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(' and ');
}

/** Who has it, as a sentence. */
export function whoHasIt(users: readonly VolumeUser[]): string {
  // While the VMs are being read, their ids would tell nobody anything.
  if (users.some(({ vm }) => vm === undefined)) return users.length === 1 ? 'A VM has it.' : 'Several VMs have it.';
  return `${namesOf(users)} ${users.length === 1 ? 'has' : 'have'} it.`;
}

/** Why the VM cannot get the volume now; undefined where nothing is known against it. */
export function whyNotTo(vm: Vm, row: VolumeRow): string | undefined {
  const { volume, pool, users } = row;
  if (users.some((user) => user.vmId === vm.id)) return `${vm.name} has it already.`;
  if (isTaken(row)) return whoHasIt(users);
  if (volume.state !== 'READY') return 'It is being worked on.';
  if (volume.hostId !== undefined && volume.hostId !== vm.hostId) return 'It lies on another host than the VM.';
  const here = pool?.hosts.find((host) => host.hostId === vm.hostId);
  return here?.usable ? undefined : 'Its pool cannot be used on the host of the VM.';
}

/** Why the VM cannot do without the volume now; undefined where it can, or where only the server can tell. */
export function whyNotFrom({ vm }: VolumeUser, volumeId: string): string | undefined {
  if (!vm) return undefined;
  const state = canLose(vm, volumeId);
  return state.available ? undefined : state.reason;
}
