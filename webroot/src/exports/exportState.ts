import type { Export, Host, Task } from '../core/api/types';
import { formatUntil } from '../core/format/time';
import type { Tone } from '../core/layout/StateLabel';
import { isActive } from '../tasks/tasks';

/** A file that is or was made, with what is known of where it lies and what works on it. */
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

const WORDS = { VOLUME: 'volume', IMAGE: 'image', VM: 'virtual machine' } as const;

/** What it was made of. */
export const word = ({ origin }: Pick<Export, 'origin'>): string => WORDS[origin.kind];

/**
 * The task that makes a file. One task makes the files of all disks of a machine: its target is the first of them, or the machine. With
 * several tasks at work nobody knows which one makes the others.
 */
function tasksOf(files: readonly Export[], tasks: readonly Task[]): (file: Export) => Task | undefined {
  const byTarget = new Map(tasks.map((task) => [task.targetId, task]));
  const ids = new Set(files.flatMap((file) => [file.id, file.origin.id]));
  const active = tasks.filter((task) => isActive(task) && ids.has(task.targetId));
  return (file) => {
    const own = byTarget.get(file.id);
    const shared = file.origin.kind === 'VM' && file.state === 'MAKING' && active.length === 1;
    return own ?? (shared ? active[0] : undefined);
  };
}

export function exportRows(
  files: readonly Export[],
  hosts: readonly Host[],
  tasks: readonly Task[],
  now: number,
  readAgain: () => void,
): readonly ExportRow[] {
  const hostOf = new Map(hosts.map((host) => [host.id, host]));
  const taskOf = tasksOf(files, tasks);
  return files.map((file) => ({
    file,
    host: hostOf.get(file.hostId),
    task: taskOf(file),
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
  if (isExpired(row)) return `It has expired. Export the ${word(row.file)} again.`;
  return isAway(row) ? `It lies on ${row.host?.name ?? row.file.hostId}, which is down now.` : undefined;
}

/** How long it can be fetched. */
export function validity(row: ExportRow): string {
  const { expiresAt } = row.file;
  if (expiresAt === undefined) return '–';
  const left = formatUntil(expiresAt, row.now);
  return left === undefined ? 'Expired' : `For ${left}`;
}
