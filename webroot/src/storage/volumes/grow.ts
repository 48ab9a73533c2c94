import { api, ifUnchanged, once, unwrap } from '../../core/api/client';
import type { TaskAccepted, Volume } from '../../core/api/types';
import { formatBytes, GIB } from '../../core/format/bytes';

/** Asks for a larger size; refused when somebody else changed the volume since it was read. */
export function growTo(volume: Volume, sizeBytes: number): Promise<TaskAccepted> {
  return unwrap(
    api.POST('/volumes/{volumeId}/resize', {
      params: { path: { volumeId: volume.id }, header: { ...ifUnchanged(volume), ...once() } },
      body: { sizeBytes },
    }),
  );
}

/** A size that was typed in GiB, and what is wrong with it. */
export function newSize(volume: Volume, gib: number): { sizeBytes: number; problem: string | undefined } {
  const sizeBytes = Math.round(gib * GIB);
  const problem =
    sizeBytes > volume.sizeBytes ? undefined : `It has ${formatBytes(volume.sizeBytes)} and can only grow.`;
  return { sizeBytes, problem };
}
