import type { Autostart } from '../core/api/types';

/** The place in the order of starts, where nothing is said of it. */
export const USUAL_ORDER = 100;

/** When a VM is started with its host, in a few words. */
export function autostartInWords(start: Autostart | undefined): string {
  if (!start) return 'No';
  const { order, delaySeconds } = start;
  const wait = start.untilAgent ? `its agent, at most ${delaySeconds} s` : `${delaySeconds} s`;
  return delaySeconds === 0 ? `In place ${order}` : `In place ${order}; the next waits for ${wait}`;
}
