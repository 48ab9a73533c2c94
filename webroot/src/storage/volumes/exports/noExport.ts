import { isInUse, type VolumeRow } from '../volumeState';

/** Why the volume cannot be exported now; undefined where it can. */
export function noExport(row: VolumeRow): string | undefined {
  const { abilities, state } = row.pool ?? {};
  if (!abilities || state === 'UNAVAILABLE') return 'Its pool cannot be used now.';
  if (!abilities.liveSnapshots && isInUse(row)) {
    return 'Its VM runs, and its pool has no snapshots of volumes in use. Shut the VM down first.';
  }
  return row.volume.state === 'READY' ? undefined : 'It is being worked on.';
}
