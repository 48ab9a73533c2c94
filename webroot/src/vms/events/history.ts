import { auditAction } from '../../audit/audit';
import type { HistoryEntry } from '../../core/api/types';
import { formatDuration, formatTime } from '../../core/format/time';
import type { Tone } from '../../core/layout/StateLabel';
import { PERIODS } from '../../tasks/filter';
import { taskTitle } from '../../tasks/tasks';
import { VM_TASK_KINDS } from '../vmTaskKinds';

interface Look {
  text: string;
  tone: Tone;
}

/** What can happen to a VM without a task. */
export const EVENTS: Readonly<Record<string, Look>> = {
  CRASHED: { text: 'Crashed', tone: 'danger' },
  PAUSED_BY_IO_ERROR: { text: 'Paused: I/O error', tone: 'danger' },
  PAUSED_BY_WATCHDOG: { text: 'Paused by its watchdog', tone: 'danger' },
  VANISHED: { text: 'Vanished from its host', tone: 'danger' },
  START_FAILED: { text: 'Start on its host failed', tone: 'danger' },
  BECAME_UNKNOWN: { text: 'Became unknown', tone: 'warning' },
  FOUND_AGAIN: { text: 'Found again', tone: 'success' },
  STOPPED_INSIDE: { text: 'Guest shut itself down', tone: 'info' },
  STOPPED_AS_ASKED: { text: 'Ended after all', tone: 'info' },
  STOPPED_OUTSIDE: { text: 'Ended on its host', tone: 'warning' },
  STARTED: { text: 'Started on its host', tone: 'info' },
  PAUSED: { text: 'Paused on its host', tone: 'warning' },
  RESUMED: { text: 'Resumed on its host', tone: 'info' },
  SUSPENDED: { text: 'Suspended on its host', tone: 'info' },
  STATE_DISCARDED: { text: 'Saved memory discarded on its host', tone: 'warning' },
};

export const eventLook = (kind: string): Look => EVENTS[kind] ?? { text: kind, tone: 'info' };

const OUTCOMES: Record<NonNullable<HistoryEntry['outcome']>, Look & { busy?: boolean }> = {
  UNDER_WAY: { text: 'Under way', tone: 'info', busy: true },
  SUCCEEDED: { text: 'Succeeded', tone: 'success' },
  FAILED: { text: 'Failed', tone: 'danger' },
  CANCELLED: { text: 'Cancelled', tone: 'warning' },
  REFUSED: { text: 'Refused', tone: 'warning' },
};

/** How it ended; an event is over as soon as it is told. */
export const outcomeLook = ({ outcome }: Pick<HistoryEntry, 'outcome'>) => (outcome ? OUTCOMES[outcome] : undefined);

/** What it was, in words. */
export function entryTitle({ category, kind }: Pick<HistoryEntry, 'category' | 'kind'>): string {
  switch (category) {
    case 'EVENT':
      return eventLook(kind).text;
    case 'TASK':
      return taskTitle(kind);
    case 'ACTION':
      return auditAction({ action: kind, details: { operation: kind } });
  }
}

/** What else is to be said of it; the name where it is another one than now. */
export function entryRemark(entry: Pick<HistoryEntry, 'text' | 'times' | 'lastAt' | 'name'>, nameNow?: string): string {
  const parts = [
    entry.text,
    entry.times ? `${entry.times} times, the last at ${formatTime(entry.lastAt)}.` : undefined,
    entry.name && entry.name !== nameNow ? `Name: ${entry.name}` : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}

export function entryTook({ startedAt, endedAt }: Pick<HistoryEntry, 'startedAt' | 'endedAt'>): string {
  return startedAt && endedAt ? formatDuration(startedAt, endedAt) : '–';
}

export interface HistoryWish {
  category: '' | HistoryEntry['category'];
  kind: string;
  by: string;
  period: string;
  /** The period's first moment, as of when it was chosen. */
  from: string;
}

export const EVERYTHING: HistoryWish = { category: '', kind: '', by: '', period: '', from: '' };

export const CATEGORIES: readonly (readonly [string, string])[] = [
  ['EVENT', 'Events'],
  ['TASK', 'Tasks'],
  ['ACTION', 'Other actions'],
];

/** The kinds to choose among; none where nobody could name them all. */
export function kindsOf(category: HistoryWish['category']): readonly (readonly [string, string])[] {
  switch (category) {
    case 'EVENT':
      return Object.entries(EVENTS).map(([kind, { text }]) => [kind, text]);
    case 'TASK':
      return VM_TASK_KINDS.map((kind) => [kind, taskTitle(kind)]);
    default:
      return [];
  }
}

export const HISTORY_PERIODS = { ...PERIODS, month: { label: 'The last 30 days', seconds: 2_592_000 } };

/** Where a period begins that ends now. */
export function periodStart(period: string, now: number = Date.now()): string {
  const seconds = (HISTORY_PERIODS as typeof PERIODS)[period]?.seconds;
  return seconds === undefined ? '' : new Date(now - seconds * 1000).toISOString();
}
