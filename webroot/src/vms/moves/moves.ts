import type { DiskTarget, DiskTargets, MoveVmDisks } from '../../core/api/types';
import type { ChoiceRow } from '../../core/form/ChoiceTable';
import { formatBytes } from '../../core/format/bytes';

/** Whether the disk can go anywhere, as far as it has to do with itself. */
export const canLeave = ({ obstacles }: DiskTargets): boolean => obstacles.length === 0;

function reasonOf(pool: DiskTarget, disks: readonly DiskTargets[]): string | undefined {
  const found = disks.flatMap(({ name, pools }) => {
    const target = pools.find(({ poolId }) => poolId === pool.poolId);
    return target ? target.obstacles : [`The disk ${name} is there already.`];
  });
  const size = disks.reduce((sum, { bytesToCopy }) => sum + bytesToCopy, 0);
  if (found.length === 0 && size > pool.freeBytes) {
    found.push(`The disks take ${formatBytes(size)} together, which is more than it has free.`);
  }
  return found.length === 0 ? undefined : [...new Set(found)].join(' ');
}

/** The pools to which all of these disks could go, and why the others are none. */
export function poolRows(disks: readonly DiskTargets[]): readonly ChoiceRow<DiskTarget>[] {
  const pools = new Map(disks.flatMap((disk) => disk.pools.map((pool) => [pool.poolId, pool] as const)));
  return [...pools.values()].map((pool) => ({
    id: pool.poolId,
    name: pool.poolName,
    thing: pool,
    reason: reasonOf(pool, disks),
  }));
}

export function moveRequest(volumeIds: readonly string[], poolId: string, bandwidth: number): MoveVmDisks {
  return {
    disks: volumeIds.map((volumeId) => ({ volumeId, poolId })),
    ...(Number.isNaN(bandwidth) ? {} : { bandwidthMibPerSecond: bandwidth }),
  };
}
