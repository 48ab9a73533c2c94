import { SharedSource, type Signal, type Wish } from './sharedSource';

type Listener = (signal: Signal) => void;

/** A worker that lives says within ten seconds how it fares with the server. One that was never started says nothing, ever. */
const SILENT_MS = 15_000;

/** A source for this tab alone, where the browser cannot share one. */
function ownPort(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  new SharedSource().serve(port1);
  return port2;
}

/** This tab's end of the event stream that all tabs share. */
export class Tab {
  private port: MessagePort;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private readonly listener: Listener;

  constructor(listener: Listener) {
    this.listener = listener;
    this.port = typeof SharedWorker === 'undefined' ? ownPort() : this.sharedPort();
    this.join();
    addEventListener('pagehide', this.leave);
    addEventListener('pageshow', this.comeBack);
  }

  close(): void {
    clearTimeout(this.silence);
    removeEventListener('pagehide', this.leave);
    removeEventListener('pageshow', this.comeBack);
    this.leave();
    this.port.close();
  }

  private sharedPort(): MessagePort {
    const worker = new SharedWorker(new URL('./changes.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('error', this.goAlone);
    this.silence = setTimeout(this.goAlone, SILENT_MS);
    return worker.port;
  }

  private readonly goAlone = (): void => {
    clearTimeout(this.silence);
    this.leave();
    this.port.close();
    this.port = ownPort();
    this.join();
  };

  private join(): void {
    this.port.onmessage = ({ data }: MessageEvent<Signal>) => {
      clearTimeout(this.silence);
      this.listener(data);
    };
    this.say('join');
  }

  private readonly leave = (): void => this.say('leave');

  /** A page that the browser kept and shows again was without the stream meanwhile. */
  private readonly comeBack = (event: PageTransitionEvent): void => {
    if (event.persisted) this.say('join');
  };

  private say(wish: Wish): void {
    this.port.postMessage(wish);
  }
}
