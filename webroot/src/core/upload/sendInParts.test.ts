import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError, unreachable } from '../api/problem';
import type { Pause, Sending } from './sendBytes';
import { PartSender, type Note, type PartsServer } from './sendInParts';

const FILE = new File(['0123456789'], 'a.raw', { lastModified: 1 });

/** A server that keeps what it was sent, and breaks off as a test says. */
class FakeServer implements PartsServer {
  kept: string | undefined;
  announced = 0;
  /** How the next requests fail, and after how many bytes of a part. */
  readonly failures: (Error | undefined)[] = [];
  takes = 3;

  look = (): Promise<number | undefined> => this.answer(() => this.kept?.length);
  begin = (): Promise<void> =>
    this.answer(() => {
      this.kept = '';
      this.announced += 1;
    });
  send = async (offset: number, part: Blob): Promise<number> => {
    if (offset !== this.kept?.length) throw new ApiError('Another offset.', 409, 'CONFLICT');
    const text = await part.text();
    const failure = this.failures.shift();
    this.kept += failure ? text.slice(0, this.takes) : text;
    if (failure) throw failure;
    return this.kept.length;
  };
  findTask = () => this.answer(() => ({ taskId: 'check', targetId: 'a' }));

  private async answer<T>(answer: () => T): Promise<T> {
    const failure = this.failures.shift();
    if (failure) return Promise.reject(failure);
    return Promise.resolve(answer());
  }
}

describe('a file sent in parts', () => {
  let server: FakeServer;
  let remembered: File | undefined;
  let pauses: (Pause | undefined)[];
  let heard: number[];
  let now: number;
  const cancelling = new AbortController();
  const note: Note = {
    isOf: (file) => file === remembered,
    keep: (file) => (remembered = file),
    drop: () => (remembered = undefined),
  };
  const run = (file = FILE) => {
    const sending: Sending = {
      asker: undefined,
      onProgress: (bytes) => heard.push(bytes),
      onPause: (pause) => pauses.push(pause),
      signal: cancelling.signal,
    };
    const wait = (ms: number) => Promise.resolve(void (now += ms));
    return new PartSender(server, note, file, sending, { now: () => now, wait }).run();
  };
  const waited = () => pauses.filter((pause) => pause !== undefined).map(({ reason }) => reason);

  beforeEach(() => {
    server = new FakeServer();
    remembered = undefined;
    pauses = [];
    heard = [];
    now = 0;
  });

  it('goes on behind what came, however often it breaks off', async () => {
    server.failures.push(undefined, unreachable(), undefined, unreachable(), undefined, undefined, unreachable());
    expect(await run()).toMatchObject({ taskId: 'check' });
    expect(server.kept).toBe('0123456789');
    expect(server.announced).toBe(1);
    expect(heard).toEqual([0, 3, 6]);
    expect(waited()).toHaveLength(3);
    expect(pauses.at(-1)).toBeUndefined();
    expect(remembered).toBeUndefined();
  });

  it('waits longer while nothing comes, and as long as the server asks for', async () => {
    const limited = new ApiError('Too much.', 429, 'LIMITED', [], 60);
    server.failures.push(undefined, unreachable(), unreachable(), unreachable(), limited);
    await run();
    const lengths = pauses.flatMap((pause, i) => (pause ? [pause.until - (pauses[i - 2]?.until ?? 0)] : []));
    expect(lengths).toEqual([1000, 2000, 4000, 60_000]);
  });

  it('goes on after the page was left, but only with the very file that was sent', async () => {
    remembered = FILE;
    server.kept = '0123';
    await run();
    expect(heard).toEqual([4]);
    const other = new File(['abcdefghij'], 'a.raw', { lastModified: 2 });
    server.kept = '0123';
    remembered = FILE;
    await run(other);
    expect(server.kept).toBe('abcdefghij');
  });

  it('begins anew where what came was forgotten meanwhile', async () => {
    remembered = FILE;
    await run();
    expect(server.kept).toBe('0123456789');
    expect(server.announced).toBe(1);
  });

  it('sends nothing that the server has already', async () => {
    remembered = FILE;
    server.kept = '0123456789';
    await run();
    expect(heard).toEqual([]);
  });

  it('waits until the server knows that the broken connection is gone, but not for another sender', async () => {
    const busy = new ApiError('It is arriving.', 409, 'CONFLICT');
    server.takes = 0;
    server.failures.push(undefined, busy, undefined, busy, undefined, undefined);
    await run();
    expect(server.kept).toBe('0123456789');
    server.failures.push(undefined, ...Array.from({ length: 99 }, (_, i) => (i % 2 === 0 ? busy : undefined)));
    await expect(run()).rejects.toThrow('It is arriving.');
    expect(now).toBeLessThan(400_000);
    expect(remembered).toBe(FILE);
  });

  it('gives up at once where no patience helps, and keeps what came', async () => {
    server.failures.push(undefined, new ApiError('Too large.', 413, 'TOO_LARGE'));
    await expect(run()).rejects.toThrow('Too large.');
    expect(waited()).toEqual([]);
    expect(remembered).toBe(FILE);
    server.failures.push(undefined, new Error('The file cannot be read any more.'));
    await expect(run()).rejects.toThrow('cannot be read');
  });
});
