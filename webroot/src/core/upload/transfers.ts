import type { ReactNode } from 'react';
import { getIdentity } from '../api/identity';
import { messageOf } from '../api/problem';
import type { TaskAccepted } from '../api/types';
import { tryLock, type Release } from '../locks';
import { PaceMeter, type Pace } from './pace';
import type { Pause, Sending } from './sendBytes';
import { sendContent } from './sendContent';
import { takeTurn } from './turns';

/** A file that is to be sent, and where. */
export interface Upload {
  /** Of the API, as in "/images/ID/content"; one file at a time is sent there. */
  path: string;
  name: string;
  file: File;
  /** Sends it so that what came stays to be gone on with; absent where it is sent in one piece. */
  inParts?: (file: File, sending: Sending) => Promise<TaskAccepted>;
  /** Has the server forget what arrived. */
  forget?: () => Promise<void>;
  /** The dialog that it came from, filled in as it was. */
  again?: (props: { onClose: () => void }) => ReactNode;
  /** The path of an earlier one that is no longer shown then. */
  insteadOf?: string;
}

export interface Transfer extends Pick<Upload, 'path' | 'name' | 'inParts' | 'forget' | 'again'> {
  id: number;
  pace: Pace;
  /** While it broke off and waits to go on. */
  pause?: Pause | undefined;
  totalBytes: number;
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled';
  /** What the server does with the bytes, once it has them. */
  taskId?: string;
  failure?: string;
  cancel: () => void;
}

/** What an upload needs of its surroundings. */
export interface Uploading {
  send: (path: string, file: File, sending: Sending) => Promise<TaskAccepted>;
  /** Undefined while another upload goes there, in whatever tab. */
  claim: (path: string) => Promise<Release | undefined>;
  /** Waits until not too many uploads go on. */
  takeTurn: (signal: AbortSignal) => Promise<Release>;
}

/** What is held by the tab that sends a file there, for as long as it does. */
export const lockOf = (path: string): string => `limiquantix-upload-to-${path}`;

const BROWSER: Uploading = {
  send: sendContent,
  claim: (path) => tryLock(lockOf(path)),
  takeTurn: (signal) => takeTurn(signal),
};

type Listener = () => void;

export const isUnderWay = (transfer: Transfer): boolean => transfer.state === 'waiting' || transfer.state === 'sending';

/** Uploads that go on whatever page is shown. */
export class Transfers {
  private all: readonly Transfer[] = [];
  private nextId = 0;
  private readonly listeners = new Set<Listener>();
  private readonly uploading: Uploading;

  constructor(uploading: Uploading = BROWSER) {
    this.uploading = uploading;
  }

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get = (): readonly Transfer[] => this.all;

  /** Whether a file is sent there from this tab, or waits for its turn. */
  has(path: string): boolean {
    return this.all.some((transfer) => transfer.path === path && isUnderWay(transfer));
  }

  /** Ends when the upload goes on or waits for its turn; refused while another one goes there. */
  async start({ file, insteadOf, ...upload }: Upload): Promise<void> {
    const { path, name } = upload;
    const release = await this.uploading.claim(path);
    if (!release) {
      const where = this.has(path) ? '' : ' in another tab';
      throw new Error(`The file of ${name} is already being uploaded${where}. Wait for it, or cancel it first.`);
    }
    const cancelling = new AbortController();
    const transfer: Transfer = {
      ...upload,
      id: this.nextId++,
      pace: { sentBytes: 0, heardAt: Date.now() },
      totalBytes: file.size,
      state: 'waiting',
      cancel: () => cancelling.abort(),
    };
    this.set([...this.all.filter((other) => other.path !== path && other.path !== insteadOf), transfer]);
    void this.run(transfer, file, cancelling.signal).finally(release);
  }

  /** Shows it no longer; rejects when the server could not be told to forget what nothing can go on with. */
  async dismiss(id: number): Promise<void> {
    const gone = this.all.find((transfer) => transfer.id === id);
    this.set(this.all.filter((transfer) => transfer.id !== id));
    if (gone?.state === 'failed' && !gone.inParts) await gone.forget?.();
  }

  private async run(transfer: Transfer, file: File, signal: AbortSignal): Promise<void> {
    const { id, path, inParts } = transfer;
    const meter = new PaceMeter();
    const sending: Sending = {
      asker: getIdentity(),
      onProgress: (sentBytes) => this.update(id, { pace: meter.hear(sentBytes) }),
      onPause: (pause) => this.update(id, { pause }),
      signal,
    };
    let release: Release | undefined;
    try {
      release = await this.uploading.takeTurn(signal);
      this.update(id, { state: 'sending', pace: meter.hear(0) });
      const { taskId } = await (inParts ? inParts(file, sending) : this.uploading.send(path, file, sending));
      this.update(id, { state: 'sent', taskId });
    } catch (error) {
      if (signal.aborted) await this.afterCancelling(transfer);
      else this.update(id, { state: 'failed', failure: messageOf(error) });
    } finally {
      release?.();
    }
  }

  private async afterCancelling({ id, forget }: Transfer): Promise<void> {
    this.update(id, { state: 'cancelled' });
    try {
      await forget?.();
    } catch (error) {
      this.update(id, { failure: messageOf(error) });
    }
  }

  private update(id: number, change: Partial<Transfer>): void {
    this.set(this.all.map((transfer) => (transfer.id === id ? { ...transfer, ...change } : transfer)));
  }

  private set(all: readonly Transfer[]): void {
    this.all = all;
    for (const listener of this.listeners) listener();
  }
}

export const transfers = new Transfers();
