import type { Pool } from '../../core/api/types';

/** The hosts on which a volume of the pool can be made now. */
export function hostChoices(pool: Pool | undefined): readonly { value: string; label: string }[] {
  return (pool?.hosts ?? [])
    .filter((host) => host.usable)
    .map((host) => ({ value: host.hostId, label: host.hostName ?? host.hostId }));
}
