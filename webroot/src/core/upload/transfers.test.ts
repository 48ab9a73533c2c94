import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TaskAccepted } from '../api/types';
import type { Release } from '../../core/locks';
import type { Sending } from './sendBytes';
import { Transfers, type Upload, type Uploading } from './transfers';

interface Request extends Sending {
  path: string;
  finish: () => void;
  fail: (error: Error) => void;
}

/** A browser whose requests end as a test wants them to. */
class FakeBrowser implements Uploading {
  readonly requests: Request[] = [];
  readonly claimed = new Set<string>();
  readonly waiting: (() => void)[] = [];
  turns = 2;

  send = (path: string, _file: File, sending: Sending): Promise<TaskAccepted> =>
    new Promise((resolve, fail) => {
      const finish = (): void => resolve({ taskId: `check of ${path}`, targetId: path });
      sending.signal.addEventListener('abort', () => fail(new DOMException('Cancelled.', 'AbortError')));
      this.requests.push({ ...sending, path, finish, fail });
    });
  claim = (path: string): Promise<Release | undefined> => {
    if (this.claimed.has(path)) return Promise.resolve(undefined);
    this.claimed.add(path);
    return Promise.resolve(() => this.claimed.delete(path));
  };
  takeTurn = (signal: AbortSignal): Promise<Release> =>
    new Promise((resolve, reject) => {
      const take = (): void => resolve(() => this.turns++);
      if (this.turns-- > 0) {
        take();
        return;
      }
      signal.addEventListener('abort', () => reject(new DOMException('Cancelled.', 'AbortError')));
      this.waiting.push(take);
    });
  request(index: number): Request {
    const request = this.requests[index];
    if (!request) throw new Error(`There were only ${this.requests.length} requests.`);
    return request;
  }
}

const FILE = new File(['0123456789'], 'a.raw');

describe('uploads', () => {
  let browser: FakeBrowser;
  let transfers: Transfers;
  const states = () => transfers.get().map(({ name, state }) => `${name} ${state}`);
  const start = (name: string, more: Partial<Upload> = {}) =>
    transfers.start({ path: `/${name}`, name, file: FILE, ...more });
  const cancel = (name: string) =>
    transfers
      .get()
      .find((transfer) => transfer.name === name)
      ?.cancel();

  beforeEach(() => {
    browser = new FakeBrowser();
    transfers = new Transfers(browser);
  });

  it('refuse a second one to the same place while the first goes on', async () => {
    await start('a');
    browser.request(0).onProgress(7);
    await expect(start('a')).rejects.toThrow('already being uploaded. Wait for it, or cancel it first.');
    expect(browser.requests).toHaveLength(1);
    expect(transfers.get()).toMatchObject([{ pace: { sentBytes: 7 }, state: 'sending' }]);
  });

  it('say where the other one to the same place is', async () => {
    browser.claimed.add('/a');
    await expect(start('a')).rejects.toThrow('already being uploaded in another tab');
    expect(transfers.get()).toEqual([]);
  });

  it('never show what an earlier one to the same place still says', async () => {
    await start('a');
    cancel('a');
    await expect.poll(states).toEqual(['a cancelled']);
    await start('a');
    browser.request(1).onProgress(3);
    browser.request(0).onProgress(9);
    browser.request(0).fail(new Error('Late.'));
    expect(transfers.get()).toMatchObject([{ pace: { sentBytes: 3 }, state: 'sending' }]);
  });

  it('wait for their turn, say so, and can be cancelled meanwhile', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await start(name);
    await expect.poll(states).toEqual(['a sending', 'b sending', 'c waiting', 'd waiting']);
    await expect(start('c')).rejects.toThrow('already being uploaded');
    cancel('c');
    await expect.poll(states).toEqual(['a sending', 'b sending', 'c cancelled', 'd waiting']);
    browser.waiting[1]?.();
    await expect.poll(states).toEqual(['a sending', 'b sending', 'c cancelled', 'd sending']);
    expect(browser.requests.map(({ path }) => path)).toEqual(['/a', '/b', '/d']);
  });

  it('can be begun again after one failed', async () => {
    await start('a');
    browser.request(0).fail(new Error('The host went away.'));
    await expect.poll(() => transfers.get()).toMatchObject([{ state: 'failed', failure: 'The host went away.' }]);
    await start('a');
    browser.request(1).finish();
    await expect.poll(states).toEqual(['a sent']);
  });

  it('have the server forget what arrived once they are cancelled or given up, and say when it could not', async () => {
    const forgotten: string[] = [];
    const forget = (name: string) => () => {
      forgotten.push(name);
      return Promise.resolve();
    };
    await start('a', { forget: forget('a') });
    cancel('a');
    await expect.poll(() => forgotten).toEqual(['a']);
    await start('b', { forget: forget('b') });
    browser.request(1).fail(new Error('The host went away.'));
    await expect.poll(states).toEqual(['a cancelled', 'b failed']);
    expect(forgotten).toEqual(['a']);
    for (const { id } of transfers.get()) await transfers.dismiss(id);
    expect(forgotten).toEqual(['a', 'b']);
    await start('c', { forget: () => Promise.reject(new Error('Its task has begun.')) });
    cancel('c');
    await expect.poll(() => transfers.get()).toMatchObject([{ state: 'cancelled', failure: 'Its task has begun.' }]);
  });

  it('never have the server forget what it has taken', async () => {
    const forget = vi.fn(() => Promise.resolve());
    await start('a', { forget });
    browser.request(0).finish();
    await expect.poll(() => transfers.get()).toMatchObject([{ state: 'sent', taskId: 'check of /a' }]);
    for (const { id } of transfers.get()) await transfers.dismiss(id);
    expect(transfers.get()).toEqual([]);
    expect(forget).not.toHaveBeenCalled();
  });

  it('keep what came in parts when they fail, and say when they go on', async () => {
    const forget = vi.fn(() => Promise.resolve());
    const broken = { reason: 'The host went away.', until: 5 };
    let fail: (error: Error) => void = () => undefined;
    const inParts = (_file: File, { onPause }: Sending): Promise<TaskAccepted> => {
      onPause(broken);
      return new Promise((_resolve, reject) => (fail = reject));
    };
    await start('a', { inParts, forget });
    await expect.poll(() => transfers.get()).toMatchObject([{ state: 'sending', pause: broken }]);
    fail(new Error('There is no such image.'));
    await expect.poll(states).toEqual(['a failed']);
    for (const { id } of transfers.get()) await transfers.dismiss(id);
    expect(forget).not.toHaveBeenCalled();
    expect(browser.requests).toEqual([]);
  });

  it('take the place of the one that they correct', async () => {
    await start('a');
    browser.request(0).fail(new Error('No room.'));
    await expect.poll(states).toEqual(['a failed']);
    await start('b', { insteadOf: '/a' });
    await expect.poll(states).toEqual(['b sending']);
  });
});
