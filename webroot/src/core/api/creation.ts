import { ApiError } from './problem';

/**
 * What is there after an attempt whose answer may be an earlier one's: what is asked for now, nothing any more, or
 * something that only the user can judge.
 */
export type Outcome = 'as asked' | 'gone' | 'other';

export const MADE_EARLIER =
  'An earlier attempt went through after all, with what was typed then. Look at what it made and delete it where it is ' +
  'wrong. What you see here was not sent; send it again to make another one.';

/**
 * The attempts of one form to make one thing. After a refusal the next attempt is a new one. While it is unknown what
 * became of an attempt, all later ones carry its key: then they cannot make a second thing, but may be answered with
 * the first, which need not be what was typed since.
 */
export class Creation<Body, Answer> {
  private key: string = crypto.randomUUID();
  private unknown: readonly string[] = [];
  private readonly request: (body: Body, key: string) => Promise<Answer>;
  private readonly settle: (answer: Answer, body: Body) => Promise<Outcome>;

  /** @param settle asked only when the answer may be that of an earlier attempt with other values */
  constructor(
    request: (body: Body, key: string) => Promise<Answer>,
    settle: (answer: Answer, body: Body) => Promise<Outcome>,
  ) {
    this.request = request;
    this.settle = settle;
  }

  async make(body: Body): Promise<Answer> {
    const written = JSON.stringify(body);
    const answer = await this.attempt(body, written);
    const outcome = this.unknown.some((earlier) => earlier !== written) ? await this.settle(answer, body) : 'as asked';
    this.key = crypto.randomUUID();
    this.unknown = [];
    if (outcome === 'other') throw new ApiError(MADE_EARLIER, 409, 'MADE_EARLIER');
    return outcome === 'gone' ? this.make(body) : answer;
  }

  private async attempt(body: Body, written: string): Promise<Answer> {
    try {
      return await this.request(body, this.key);
    } catch (error) {
      if (!(error instanceof ApiError && error.refused)) this.unknown = [...this.unknown, written];
      else if (this.unknown.length === 0) this.key = crypto.randomUUID();
      throw error;
    }
  }
}
