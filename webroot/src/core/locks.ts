/** A lock that all tabs of the browser share; gone with the tab that holds it. */
export type Release = () => void;

/** Waits for its turn; rejects once the signal says that nobody wants it any more. */
export function lock(name: string, signal: AbortSignal): Promise<Release> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(name, { signal }, () => new Promise<void>(resolve)).catch(reject);
  });
}

/** Undefined while somebody holds it. */
export function tryLock(name: string): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (granted) => {
        if (granted) return new Promise<void>(resolve);
        resolve(undefined);
        return undefined;
      })
      .catch(reject);
  });
}

/** The names of what any tab holds now. */
export async function heldLocks(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name === undefined ? [] : [name])));
}
