import type { Export, Host, Task } from '../../../core/api/types';
import { formatUntil } from '../../../core/format/time';
import type { Tone } from '../../../core/layout/StateLabel';
import { isInUse, type VolumeRow } from '../volumeState';

/** A file that is or was made of a volume, with what is known of where it lies and what works on it. */
export interface ExportRow {
  file: Export;
  /** Where it lies; undefined while that is not known. */
  host: Host | undefined;
  /** What makes it; undefined once that is long over. */
  task: Task | undefined;
  now: number;
  /** Has the files read anew, as no event speaks of one that was deleted. */
  readAgain: () => void;
}

export function exportRows(
  files: readonly Export[],
  hosts: readonly Host[],
  tasks: readonly Task[],
  now: number,
  readAgain: () => void,
): readonly ExportRow[] {
  const hostOf = new Map(hosts.map((host) => [host.id, host]));
  const taskOf = new Map(tasks.map((task) => [task.targetId, task]));
  return files.map((file) => ({
    file,
    host: hostOf.get(file.hostId),
    task: taskOf.get(file.id),
    now,
    readAgain,
  }));
}

export function isExpired({ file, now }: ExportRow): boolean {
  return file.expiresAt !== undefined && Date.parse(file.expiresAt) <= now;
}

const isAway = ({ host }: ExportRow): boolean => host !== undefined && host.state === 'DOWN';

export interface ExportBadge {
  text: string;
  tone: Tone;
  busy?: boolean;
}

export function exportState(row: ExportRow): ExportBadge {
  if (row.file.state === 'MAKING') return { text: 'Being made', tone: 'info', busy: true };
  if (isExpired(row)) return { text: 'Expired', tone: 'neutral' };
  return isAway(row) ? { text: 'Host away', tone: 'warning' } : { text: 'Ready', tone: 'success' };
}

/** Why the file cannot be fetched now; undefined where it can. */
export function noDownload(row: ExportRow): string | undefined {
  if (row.file.state === 'MAKING') return 'It is still being made.';
  if (isExpired(row)) return 'It has expired. Export the volume again.';
  return isAway(row) ? `It lies on ${row.host?.name ?? row.file.hostId}, which is down now.` : undefined;
}

/** How long it can be fetched. */
export function validity(row: ExportRow): string {
  const { expiresAt } = row.file;
  if (expiresAt === undefined) return '–';
  const left = formatUntil(expiresAt, row.now);
  return left === undefined ? 'Expired' : `For ${left}`;
}

/** Why the volume cannot be exported now; undefined where it can. */
export function noExport(row: VolumeRow): string | undefined {
  const { abilities, state } = row.pool ?? {};
  if (!abilities || state === 'UNAVAILABLE') return 'Its pool cannot be used now.';
  if (!abilities.liveSnapshots && isInUse(row)) {
    return 'Its VM runs, and its pool has no snapshots of volumes in use. Shut the VM down first.';
  }
  return row.volume.state === 'READY' ? undefined : 'It is being worked on.';
}
