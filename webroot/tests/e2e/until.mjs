import { setTimeout as pause } from 'node:timers/promises';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** Asks until the answer is something, and returns it; after the deadline says what was waited for. */
export async function until(what, deadlineMs, ask, everyMs = 250) {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`Waited ${deadlineMs / SECOND} s in vain: ${what}`);
    await pause(everyMs);
  }
}
