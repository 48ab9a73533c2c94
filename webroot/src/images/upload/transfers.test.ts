import { beforeEach, describe, expect, it } from 'vitest';
import type { Release } from '../../core/locks';
import type { Sending } from './sendContent';
import { Transfers, type Uploading } from './transfers';

interface Request extends Sending {
  imageId: string;
  finish: () => void;
  fail: (error: Error) => void;
}

/** A browser whose requests end as a test wants them to. */
class FakeBrowser implements Uploading {
  readonly requests: Request[] = [];
  readonly claimed = new Set<string>();
  readonly waiting: (() => void)[] = [];
  turns = 2;

  send = (imageId: string, _file: Blob, sending: Sending): Promise<void> =>
    new Promise((finish, fail) => {
      sending.signal.addEventListener('abort', () => fail(new DOMException('Cancelled.', 'AbortError')));
      this.requests.push({ ...sending, imageId, finish, fail });
    });
  claim = (imageId: string): Promise<Release | undefined> => {
    if (this.claimed.has(imageId)) return Promise.resolve(undefined);
    this.claimed.add(imageId);
    return Promise.resolve(() => this.claimed.delete(imageId));
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

const FILE = new Blob(['0123456789']);

describe('uploads', () => {
  let browser: FakeBrowser;
  let transfers: Transfers;
  const states = () => transfers.get().map(({ name, state }) => `${name} ${state}`);
  const start = (name: string) => transfers.start(`id of ${name}`, name, FILE);
  const cancel = (name: string) =>
    transfers
      .get()
      .find((transfer) => transfer.name === name)
      ?.cancel();

  beforeEach(() => {
    browser = new FakeBrowser();
    transfers = new Transfers(browser);
  });

  it('refuse a second one of the same image while the first goes on', async () => {
    await start('a');
    browser.request(0).onProgress(7);
    await expect(start('a')).rejects.toThrow('already being uploaded. Wait for it, or cancel it first.');
    expect(browser.requests).toHaveLength(1);
    expect(transfers.get()).toMatchObject([{ sentBytes: 7, state: 'sending' }]);
  });

  it('say where the other one of the same image is', async () => {
    browser.claimed.add('id of a');
    await expect(start('a')).rejects.toThrow('already being uploaded in another tab');
    expect(transfers.get()).toEqual([]);
  });

  it('never show what an earlier one of the same image still says', async () => {
    await start('a');
    cancel('a');
    await expect.poll(states).toEqual(['a cancelled']);
    await start('a');
    browser.request(1).onProgress(3);
    browser.request(0).onProgress(9);
    browser.request(0).fail(new Error('Late.'));
    expect(transfers.get()).toMatchObject([{ sentBytes: 3, state: 'sending' }]);
  });

  it('wait for their turn, say so, and can be cancelled meanwhile', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await start(name);
    await expect.poll(states).toEqual(['a sending', 'b sending', 'c waiting', 'd waiting']);
    await expect(start('c')).rejects.toThrow('already being uploaded');
    cancel('c');
    await expect.poll(states).toEqual(['a sending', 'b sending', 'c cancelled', 'd waiting']);
    browser.waiting[1]?.();
    await expect.poll(states).toEqual(['a sending', 'b sending', 'c cancelled', 'd sending']);
    expect(browser.requests.map(({ imageId }) => imageId)).toEqual(['id of a', 'id of b', 'id of d']);
  });

  it('can be begun again after one failed', async () => {
    await start('a');
    browser.request(0).fail(new Error('The host went away.'));
    await expect.poll(() => transfers.get()).toMatchObject([{ state: 'failed', failure: 'The host went away.' }]);
    await start('a');
    browser.request(1).finish();
    await expect.poll(states).toEqual(['a sent']);
  });
});
