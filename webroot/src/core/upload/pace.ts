/** How much has been sent, when that was heard, and how fast it went lately. */
export interface Pace {
  sentBytes: number;
  /** In milliseconds, by the clock of the page. */
  heardAt: number;
  /** Undefined until enough was heard to say so. */
  bytesPerSecond?: number;
}

/** What is older says nothing of how fast it goes now. */
const WINDOW_MS = 8000;
/** From less, a rate would jump about. */
const LEAST_MS = 1000;

/** Tells the pace of one upload from what the browser says of its progress. */
export class PaceMeter {
  private heard: Pace[] = [];
  private readonly now: () => number;

  constructor(now: () => number = () => Date.now()) {
    this.now = now;
  }

  hear(sentBytes: number): Pace {
    const heardAt = this.now();
    // Some was lost on the way and is sent again.
    if (sentBytes < (this.heard.at(-1)?.sentBytes ?? 0)) this.heard = [];
    this.heard = [...this.heard.filter((pace) => heardAt - pace.heardAt <= WINDOW_MS), { sentBytes, heardAt }];
    const first = this.heard[0];
    const ms = first ? heardAt - first.heardAt : 0;
    if (!first || ms < LEAST_MS) return { sentBytes, heardAt };
    return { sentBytes, heardAt, bytesPerSecond: ((sentBytes - first.sentBytes) / ms) * 1000 };
  }
}

/** So long without a word from the network is worth saying. */
const SILENCE_MS = 10_000;

/** For how many seconds nothing has gone on; undefined while that is no news. */
export function silentSeconds(pace: Pace, now: number): number | undefined {
  const ms = now - pace.heardAt;
  return ms < SILENCE_MS ? undefined : Math.round(ms / 1000);
}

/** How many seconds are left at this pace; undefined when that cannot be said. */
export function secondsLeft({ sentBytes, bytesPerSecond }: Pace, totalBytes: number): number | undefined {
  if (bytesPerSecond === undefined || bytesPerSecond <= 0) return undefined;
  return Math.max(0, Math.ceil((totalBytes - sentBytes) / bytesPerSecond));
}
