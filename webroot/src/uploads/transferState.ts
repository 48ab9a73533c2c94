import type { Task } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { formatSeconds } from '../core/format/time';
import { secondsLeft, silentSeconds } from '../core/upload/pace';
import type { Pause } from '../core/upload/sendBytes';
import type { Transfer } from '../core/upload/transfers';
import { isActive } from '../tasks/tasks';

export interface Shown {
  text: string;
  variant?: 'success' | 'warning' | 'danger';
}

/** How much came before it broke off is not known until the server is asked again. */
function waiting({ reason, until }: Pause, now: number): string {
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return `It broke off and goes on in ${formatSeconds(seconds)}. ${reason}`;
}

function sending({ pace, pause, totalBytes }: Transfer, now: number): string {
  if (pause) return waiting(pause, now);
  if (pace.sentBytes >= totalBytes) return 'All of it is sent; the host writes the last of it.';
  const sent = `${formatBytes(pace.sentBytes)} of ${formatBytes(totalBytes)}`;
  const silent = silentSeconds(pace, now);
  if (silent !== undefined) return `${sent}, nothing has gone on for ${formatSeconds(silent)}`;
  const left = secondsLeft(pace, totalBytes);
  if (left === undefined || pace.bytesPerSecond === undefined) return sent;
  return `${sent}, ${formatBytes(pace.bytesPerSecond)}/s, ${formatSeconds(left)} left`;
}

/** @param task what checks the bytes; undefined while nothing is known of it */
function checking(task: Task | undefined): Shown {
  if (!task || isActive(task)) return { text: 'Sent; it is being checked.' };
  if (task.state === 'SUCCEEDED') return { text: 'Sent and checked; it is there.', variant: 'success' };
  if (task.state === 'CANCELLED') return { text: 'Cancelled while it was checked.', variant: 'warning' };
  return { text: task.failure?.message ?? 'The check failed.', variant: 'danger' };
}

/** How an upload stands, in words. */
export function shown(transfer: Transfer, task: Task | undefined, now: number): Shown {
  const { state, failure } = transfer;
  switch (state) {
    case 'waiting':
      return { text: 'Waiting: two uploads go on at a time.' };
    case 'sending':
      return { text: sending(transfer, now), ...(transfer.pause ? { variant: 'warning' as const } : {}) };
    case 'sent':
      return checking(task);
    case 'failed':
      return { text: failure ?? 'It failed.', variant: 'danger' };
    case 'cancelled':
      return { text: failure ? `Cancelled, but what arrived stays: ${failure}` : 'Cancelled.', variant: 'warning' };
  }
}

export function percentOf({ state, pace, totalBytes }: Transfer): number {
  if (state === 'sent') return 100;
  return totalBytes === 0 ? 0 : Math.floor((pace.sentBytes / totalBytes) * 100);
}
