import { AVAILABLE, unavailable, type Action, type Availability } from '../../core/actions/action';
import { api, unwrap } from '../../core/api/client';
import type { PlacedCopy } from './copies';

function availability({ image, copy }: PlacedCopy): Availability {
  if (copy.state === 'ARRIVING') return unavailable('It is still being copied; cancel that task instead.');
  const others = image.copies.filter((other) => other !== copy && other.state === 'READY');
  return others.length > 0 ? AVAILABLE : unavailable('It is the only copy; delete the image instead.');
}

export const removeCopy: Action<PlacedCopy> = {
  id: 'remove-copy',
  label: 'Remove copy',
  danger: true,
  availability,
  confirm: ({ image, pool, host }) => ({
    title: `Remove the copy of ${image.name} from ${pool}?`,
    body: `Its file on ${host} is deleted; the other copies stay. Refused while disks there are based on it.`,
    confirmLabel: 'Remove',
  }),
  run: ({ image, copy: { poolId, hostId } }) =>
    unwrap(
      api.DELETE('/images/{imageId}/copies/{poolId}/{hostId}', {
        params: { path: { imageId: image.id, poolId, hostId } },
      }),
    ),
};
