import { ApiError, messageOf } from '../api/problem';
import type { TaskAccepted } from '../api/types';
import type { Sending } from './sendBytes';

/** Where a file is sent in parts, and stays as far as it came. */
export interface PartsServer {
  /** How many bytes have come; undefined where none are expected. */
  look: () => Promise<number | undefined>;
  /** Forgets what came before. */
  begin: (lengthBytes: number) => Promise<void>;
  /** Answers how many bytes have come by then. */
  send: (offset: number, part: Blob, sending: Sending) => Promise<number>;
  /** What is done with the bytes, once all have come. */
  findTask: () => Promise<TaskAccepted>;
}

/** What this browser knows of the file that was sent there last. */
export interface Note {
  isOf: (file: File) => boolean;
  keep: (file: File) => void;
  drop: () => void;
}

/** What the sender needs of time. */
export interface Waiting {
  now: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

const PAUSES_MS = [1000, 2000, 4000, 8000, 16_000, 30_000] as const;
/** The server learns of a connection that just went silent after a minute; until then it takes us for another sender. */
const CONFLICT_MS = 120_000;
/** No answer, no session, too much asked, and what gateways say of servers that are away. */
const PASSING: ReadonlySet<number> = new Set([0, 401, 429, 502, 503, 504]);

const TIME: Waiting = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      }, ms);
      const giveUp = (): void => {
        clearTimeout(timer);
        reject(new DOMException('The upload was cancelled.', 'AbortError'));
      };
      signal.addEventListener('abort', giveUp, { once: true });
      if (signal.aborted) giveUp();
    }),
};

/** Sends one file, going on where it broke off for as long as nobody cancels it. */
export class PartSender {
  private readonly server: PartsServer;
  private readonly note: Note;
  private readonly file: File;
  private readonly sending: Sending;
  private readonly time: Waiting;
  private failures = 0;
  private conflictSince: number | undefined;

  constructor(server: PartsServer, note: Note, file: File, sending: Sending, time: Waiting = TIME) {
    this.server = server;
    this.note = note;
    this.file = file;
    this.sending = sending;
    this.time = time;
  }

  /** Ends when all bytes have come; throws what no patience helps against, or an AbortError. */
  async run(): Promise<TaskAccepted> {
    // Bytes of two files must never be mixed, and only this browser knows which one it sent.
    let offset = this.note.isOf(this.file) ? await this.look() : await this.begin();
    while (offset < this.file.size) offset = await this.sendFrom(offset);
    this.note.drop();
    return this.patiently(() => this.server.findTask());
  }

  private async sendFrom(offset: number): Promise<number> {
    this.sending.onProgress(offset);
    try {
      const came = await this.server.send(offset, this.file.slice(offset), {
        ...this.sending,
        onProgress: (sentBytes) => this.sending.onProgress(offset + sentBytes),
      });
      this.goOn();
      return came;
    } catch (error) {
      await this.pause(error);
    }
    const came = await this.look();
    if (came > offset) this.goOn();
    return came;
  }

  private async look(): Promise<number> {
    const came = await this.patiently(() => this.server.look());
    return came ?? this.begin();
  }

  private async begin(): Promise<number> {
    await this.patiently(() => this.server.begin(this.file.size));
    this.note.keep(this.file);
    return 0;
  }

  private async patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        // Whoever announces a file and is refused would be refused again.
        if (error instanceof ApiError && error.status === 409) throw error;
        await this.pause(error);
      }
    }
  }

  /** Waits, longer each time; throws what will not pass. */
  private async pause(error: unknown): Promise<void> {
    if (!this.mayPass(error)) throw error;
    const asked = error instanceof ApiError ? error.retryAfterSeconds : undefined;
    const usual = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length - 1)] ?? 0;
    this.failures += 1;
    const ms = Math.max(usual, (asked ?? 0) * 1000);
    this.sending.onPause({ reason: messageOf(error), until: this.time.now() + ms });
    await this.time.wait(ms, this.sending.signal);
    this.sending.onPause(undefined);
  }

  private mayPass(error: unknown): boolean {
    if (!(error instanceof ApiError)) return false;
    if (error.status !== 409) return PASSING.has(error.status);
    this.conflictSince ??= this.time.now();
    return this.time.now() - this.conflictSince < CONFLICT_MS;
  }

  private goOn(): void {
    this.failures = 0;
    this.conflictSince = undefined;
  }
}
