import { beforeEach, describe, expect, it } from 'vitest';
import type { Release } from '../../core/locks';
import { takeTurn } from './turns';

/** Locks as a browser gives them: in the order in which they were asked for. */
class FakeLocks {
  private readonly held = new Set<string>();
  private readonly queue: { name: string; grant: () => void }[] = [];

  take = (name: string, signal: AbortSignal): Promise<Release> =>
    new Promise((resolve, reject) => {
      const entry = { name, grant: () => resolve(() => this.release(name)) };
      const leave = (): void => {
        if (this.queue.includes(entry)) this.queue.splice(this.queue.indexOf(entry), 1);
        reject(new DOMException('Aborted.', 'AbortError'));
      };
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener('abort', leave);
      this.queue.push(entry);
      this.serve(name);
    });

  private release(name: string): void {
    this.held.delete(name);
    this.serve(name);
  }

  private serve(name: string): void {
    const next = this.queue.findIndex((entry) => entry.name === name);
    if (this.held.has(name) || next < 0) return;
    this.held.add(name);
    this.queue.splice(next, 1)[0]?.grant();
  }
}

describe('the turns of uploads', () => {
  let locks: FakeLocks;
  let began: string[];
  const releases = new Map<string, Release>();
  const ask = (who: string, signal = new AbortController().signal): Promise<void> =>
    takeTurn(signal, locks.take).then((release) => {
      began.push(who);
      releases.set(who, release);
    });

  beforeEach(() => {
    locks = new FakeLocks();
    began = [];
    releases.clear();
  });

  it('let two begin, and the others in their order as those end', async () => {
    for (const who of ['a', 'b', 'c', 'd']) void ask(who);
    await expect.poll(() => began).toEqual(['a', 'b']);
    releases.get('b')?.();
    await expect.poll(() => began).toEqual(['a', 'b', 'c']);
    releases.get('a')?.();
    await expect.poll(() => began).toEqual(['a', 'b', 'c', 'd']);
  });

  it('pass over one that was cancelled while it waited', async () => {
    const cancelling = new AbortController();
    void ask('a');
    void ask('b');
    const cancelled = ask('c', cancelling.signal);
    void ask('d');
    cancelling.abort();
    await expect(cancelled).rejects.toThrow();
    await expect.poll(() => began).toEqual(['a', 'b']);
    releases.get('a')?.();
    await expect.poll(() => began).toEqual(['a', 'b', 'd']);
  });
});
