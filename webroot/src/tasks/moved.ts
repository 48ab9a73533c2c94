import type { Task } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { formatSeconds } from '../core/format/time';
import { secondsLeft, silentSeconds, type Pace } from '../core/upload/pace';

export type Moved = NonNullable<Task['moved']>;

/** What a step that moves bytes has done, how fast, and how long it will take at this pace. */
export function movedText({ bytes, totalBytes }: Moved, pace: Pace | undefined, now: number): string {
  const done = totalBytes === undefined ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(totalBytes)}`;
  if (pace?.sentBytes !== bytes) return done;
  const silent = silentSeconds(pace, now);
  if (silent !== undefined) return `${done}, nothing has come for ${formatSeconds(silent)}`;
  if (pace.bytesPerSecond === undefined) return done;
  const rate = `${done}, ${formatBytes(pace.bytesPerSecond)}/s`;
  const left = totalBytes === undefined ? undefined : secondsLeft(pace, totalBytes);
  return left === undefined ? rate : `${rate}, ${formatSeconds(left)} left`;
}
