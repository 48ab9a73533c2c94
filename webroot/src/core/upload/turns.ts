import { lock, type Release } from '../../core/locks';

/**
 * A browser opens six connections to a server that speaks HTTP/1.1. An upload holds one for as long as it lasts; with
 * more than a few at once, nothing else of the UI would be answered.
 */
const TURNS = ['limiquantix-upload-1', 'limiquantix-upload-2'] as const;

type Lock = (name: string, signal: AbortSignal) => Promise<Release>;

/** Waits until fewer than two uploads go on in all tabs of the browser; rejects when it is cancelled before. */
export function takeTurn(signal: AbortSignal, take: Lock = lock): Promise<Release> {
  const settled = new AbortController();
  const giveUp = (): void => settled.abort();
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  let taken = false;
  const attempts = TURNS.map(async (name) => {
    const release = await take(name, settled.signal);
    if (taken) {
      // Both were free: one is enough.
      release();
      throw new DOMException('Not needed.', 'AbortError');
    }
    taken = true;
    signal.removeEventListener('abort', giveUp);
    giveUp();
    return release;
  });
  return Promise.any(attempts);
}
