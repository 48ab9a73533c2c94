import { getIdentity } from '../../core/api/identity';
import { messageOf } from '../../core/api/problem';
import { tryLock, type Release } from '../../core/locks';
import { sendContent, type Sending } from './sendContent';
import { takeTurn } from './turns';

export interface Transfer {
  id: number;
  imageId: string;
  name: string;
  sentBytes: number;
  totalBytes: number;
  state: 'waiting' | 'sending' | 'sent' | 'failed' | 'cancelled';
  failure?: string;
  cancel: () => void;
}

/** What an upload needs of its surroundings. */
export interface Uploading {
  send: (imageId: string, file: Blob, sending: Sending) => Promise<void>;
  /** Undefined while another upload of the image goes on, in whatever tab. */
  claim: (imageId: string) => Promise<Release | undefined>;
  /** Waits until not too many uploads go on. */
  takeTurn: (signal: AbortSignal) => Promise<Release>;
}

const BROWSER: Uploading = {
  send: sendContent,
  claim: (imageId) => tryLock(`limiquantix-upload-of-${imageId}`),
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

  /** Whether the image's file is sent from this tab, or waits for its turn. */
  has(imageId: string): boolean {
    return this.all.some((transfer) => transfer.imageId === imageId && isUnderWay(transfer));
  }

  /** Ends when the upload goes on or waits for its turn; refused while another one of the same image goes on. */
  async start(imageId: string, name: string, file: Blob): Promise<void> {
    const release = await this.uploading.claim(imageId);
    if (!release) {
      const where = this.has(imageId) ? '' : ' in another tab';
      throw new Error(`The file of ${name} is already being uploaded${where}. Wait for it, or cancel it first.`);
    }
    const cancelling = new AbortController();
    const id = this.nextId++;
    const transfer: Transfer = {
      id,
      imageId,
      name,
      sentBytes: 0,
      totalBytes: file.size,
      state: 'waiting',
      cancel: () => cancelling.abort(),
    };
    this.set([...this.all.filter((other) => other.imageId !== imageId), transfer]);
    void this.run(transfer, file, cancelling.signal).finally(release);
  }

  dismiss(id: number): void {
    this.set(this.all.filter((transfer) => transfer.id !== id));
  }

  private async run({ id, imageId }: Transfer, file: Blob, signal: AbortSignal): Promise<void> {
    const sending: Sending = {
      asker: getIdentity(),
      onProgress: (sentBytes) => this.update(id, { sentBytes }),
      signal,
    };
    let release: Release | undefined;
    try {
      release = await this.uploading.takeTurn(signal);
      this.update(id, { state: 'sending' });
      await this.uploading.send(imageId, file, sending);
      this.update(id, { state: 'sent', sentBytes: file.size });
    } catch (error) {
      this.update(id, signal.aborted ? { state: 'cancelled' } : { state: 'failed', failure: messageOf(error) });
    } finally {
      release?.();
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
