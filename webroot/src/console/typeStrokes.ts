import { press, type Keyboard } from './keys';
import type { Stroke } from './layouts';

/** A guest's keyboard holds some keys only, and forgets what comes faster than it reads. */
const EACH_MS = 15;

/** Types until the end, or until `stopped` says so; answers how many strokes were done, and `onTyped` hears of each. */
export async function typeStrokes(
  keyboard: Keyboard,
  strokes: readonly Stroke[],
  onTyped: (count: number) => void,
  stopped: AbortSignal,
): Promise<number> {
  for (const [index, stroke] of strokes.entries()) {
    if (stopped.aborted) return index;
    press(keyboard, stroke);
    onTyped(index + 1);
    await new Promise((resolve) => setTimeout(resolve, EACH_MS));
  }
  return strokes.length;
}
