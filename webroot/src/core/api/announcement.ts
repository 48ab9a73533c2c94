import { Creation, MADE_EARLIER } from './creation';
import { ApiError } from './problem';

export interface Announcing<Body, Draft> {
  create: (body: Body, key: string) => Promise<Draft>;
  /** Whether the draft is gone; one that has bytes stays, as somebody may use it. */
  withdraw: (draft: Draft) => Promise<boolean>;
}

/**
 * What a form announces before it sends the bytes. When what was announced is corrected, the server's draft of it gives
 * way to a new one, as a draft cannot be changed.
 */
export class Announcement<Body, Draft> {
  private announced: { written: string; draft: Draft } | undefined;
  private readonly announcing: Announcing<Body, Draft>;
  private readonly creation: Creation<Body, Draft>;

  constructor(announcing: Announcing<Body, Draft>) {
    this.announcing = announcing;
    // An answer does not tell which SHA-256 is expected, so that a draft of unknown origin is never taken.
    this.creation = new Creation(announcing.create, async (draft) =>
      (await announcing.withdraw(draft)) ? 'gone' : 'other',
    );
  }

  /** The draft that waits for its bytes, announced as `body` says. */
  async announce(body: Body): Promise<Draft> {
    const written = JSON.stringify(body);
    if (this.announced && this.announced.written !== written) {
      const withdrawn = await this.announcing.withdraw(this.announced.draft);
      this.announced = undefined;
      if (!withdrawn) throw new ApiError(MADE_EARLIER, 409, 'MADE_EARLIER');
    }
    this.announced ??= { written, draft: await this.creation.make(body) };
    return this.announced.draft;
  }
}
