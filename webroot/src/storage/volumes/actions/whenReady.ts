import { AVAILABLE, unavailable, type Availability } from '../../../core/actions/action';
import type { VolumeRow } from '../volumeState';

export function whenReady({ volume }: VolumeRow): Availability {
  return volume.state === 'READY' ? AVAILABLE : unavailable('It is being worked on.');
}
