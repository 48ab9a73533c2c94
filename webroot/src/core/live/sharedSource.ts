import { API_BASE } from '../api/client';
import type { ChangeKind } from '../api/types';

export const KINDS: readonly ChangeKind[] = [
  'vm',
  'host',
  'pool',
  'volume',
  'image',
  'network',
  'customizationSpec',
  'task',
];

/** What a tab hears of the stream; it is refused when the server answers with something that is no stream. */
export type Signal = { type: 'open' } | { type: 'change'; data: string } | { type: 'reset' } | Broken;
export interface Broken {
  type: 'broken';
  refused: boolean;
}

/** What a tab says. */
export type Wish = 'join' | 'leave';

const RETRY_MS = 3000;
/** A browser would wait for minutes. */
const ANSWER_MS = 10_000;

/**
 * One event stream for all tabs of a browser. A browser opens six connections to a server that speaks HTTP/1.1, and a
 * stream holds one for as long as it lives: with a stream for each tab, the seventh would never load.
 */
export class SharedSource {
  private readonly tabs = new Set<MessagePort>();
  private source: EventSource | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private answer: ReturnType<typeof setTimeout> | undefined;

  serve(tab: MessagePort): void {
    tab.onmessage = ({ data }: MessageEvent<Wish>) => (data === 'join' ? this.join(tab) : this.leave(tab));
    // A tab that crashes says nothing.
    tab.addEventListener('close', () => this.leave(tab));
  }

  private join(tab: MessagePort): void {
    this.tabs.add(tab);
    if (!this.source || this.source.readyState === EventSource.CLOSED) this.connect();
    else if (this.source.readyState === EventSource.OPEN) tell(tab, { type: 'open' });
  }

  private leave(tab: MessagePort): void {
    this.tabs.delete(tab);
    if (this.tabs.size > 0) return;
    this.disconnect();
  }

  private disconnect(): void {
    clearTimeout(this.retry);
    clearTimeout(this.answer);
    this.source?.close();
    this.source = undefined;
  }

  private connect(): void {
    this.disconnect();
    const source = new EventSource(`${API_BASE}/events`);
    this.source = source;
    for (const kind of KINDS) {
      source.addEventListener(kind, ({ data }: MessageEvent<string>) => this.tellAll({ type: 'change', data }));
    }
    source.addEventListener('reset', () => this.tellAll({ type: 'reset' }));
    source.addEventListener('open', () => {
      clearTimeout(this.answer);
      this.tellAll({ type: 'open' });
    });
    source.addEventListener('error', () => {
      // The browser retries a broken stream by itself, but gives up for good on an answer that is no stream.
      const refused = source.readyState === EventSource.CLOSED;
      clearTimeout(this.answer);
      this.tellAll({ type: 'broken', refused });
      if (refused) this.retry = setTimeout(() => this.connect(), RETRY_MS);
      else this.awaitAnswer();
    });
    this.awaitAnswer();
  }

  /** A connection that was lost on its way is never answered, and nobody says so. */
  private awaitAnswer(): void {
    this.answer = setTimeout(() => {
      this.tellAll({ type: 'broken', refused: false });
      this.connect();
    }, ANSWER_MS);
  }

  private tellAll(signal: Signal): void {
    for (const tab of this.tabs) tell(tab, signal);
  }
}

function tell(tab: MessagePort, signal: Signal): void {
  tab.postMessage(signal);
}
