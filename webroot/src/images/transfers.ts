import { API_BASE, CSRF_HEADER, reportUnauthorised } from '../core/api/client';
import { getIdentity } from '../core/api/identity';
import { messageOf, toApiError, unreachable } from '../core/api/problem';

export interface Transfer {
  imageId: string;
  name: string;
  sentBytes: number;
  totalBytes: number;
  state: 'sending' | 'sent' | 'failed' | 'cancelled';
  failure?: string;
  cancel: () => void;
}

type Listener = () => void;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Uploads that go on whatever page is shown. XMLHttpRequest is used because fetch tells no progress of a request. */
export class Transfers {
  private all: readonly Transfer[] = [];
  private readonly listeners = new Set<Listener>();

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get = (): readonly Transfer[] => this.all;

  start(imageId: string, name: string, file: Blob): void {
    const request = new XMLHttpRequest();
    const transfer: Transfer = {
      imageId,
      name,
      sentBytes: 0,
      totalBytes: file.size,
      state: 'sending',
      cancel: () => request.abort(),
    };
    this.set([...this.all.filter((other) => other.imageId !== imageId), transfer]);
    const fail = (error: unknown): void => this.update(imageId, { state: 'failed', failure: messageOf(error) });
    request.upload.onprogress = (event) => this.update(imageId, { sentBytes: event.loaded });
    request.onload = () => {
      if (request.status === 401) reportUnauthorised();
      if (request.status < 300) this.update(imageId, { state: 'sent', sentBytes: file.size });
      else fail(toApiError(request.status, parse(request.responseText), request.getResponseHeader('Retry-After')));
    };
    request.onerror = () => fail(unreachable());
    request.onabort = () => this.update(imageId, { state: 'cancelled' });
    request.open('PUT', `${API_BASE}/images/${encodeURIComponent(imageId)}/content`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    const token = getIdentity()?.csrfToken;
    if (token) request.setRequestHeader(CSRF_HEADER, token);
    request.send(file);
  }

  dismiss(imageId: string): void {
    this.set(this.all.filter((transfer) => transfer.imageId !== imageId));
  }

  private update(imageId: string, change: Partial<Transfer>): void {
    this.set(this.all.map((transfer) => (transfer.imageId === imageId ? { ...transfer, ...change } : transfer)));
  }

  private set(all: readonly Transfer[]): void {
    this.all = all;
    for (const listener of this.listeners) listener();
  }
}

export const transfers = new Transfers();
