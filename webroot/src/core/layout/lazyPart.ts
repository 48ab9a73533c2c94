import { lazy, type ComponentType } from 'react';

const TRIES = 5;
const PAUSE_MS = 500;

/**
 * A part of the page whose code is fetched when it is first shown. A browser gives a request up when its network changes,
 * as it does on a host whenever a guest starts there: the code is asked for again.
 */
export function lazyPart<Properties extends object>(load: () => Promise<{ default: ComponentType<Properties> }>) {
  return lazy(() => patiently(load, TRIES));
}

/** Answers what `load` does, or its last failure. */
export async function patiently<T>(load: () => Promise<T>, tries: number, pauseMs = PAUSE_MS): Promise<T> {
  try {
    return await load();
  } catch (failure) {
    if (tries <= 1) throw failure;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    return patiently(load, tries - 1, pauseMs);
  }
}
