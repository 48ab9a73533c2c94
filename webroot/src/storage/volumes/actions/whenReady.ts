import { AVAILABLE, unavailable, type Availability } from '../../../core/actions/action';
import type { VolumeRow } from '../volumeState';

export function whenReady({ volume }: VolumeRow): Availability {
  return volume.state === 'READY' ? AVAILABLE : unavailable('It is being worked on.');
}

/** For what the hosts of several VMs would have to do together. */
export function whenOneUser(row: VolumeRow): Availability {
  return row.users.length > 1 ? unavailable('Several VMs have it.') : whenReady(row);
}
