import { ApiError } from './problem';

/** The keys of requests: the same for the same request, until the server has refused that one. */
export class RequestKeys {
  private readonly known = new Map<string, string>();

  /** Sends what is asked with its key. Without an answer it may have been done: only the same key finds that out. */
  async send<T>(asked: unknown, request: (key: string) => Promise<T>): Promise<T> {
    const written = JSON.stringify(asked);
    const key = this.known.get(written) ?? crypto.randomUUID();
    this.known.set(written, key);
    try {
      return await request(key);
    } catch (error) {
      if (error instanceof ApiError && error.answered) this.known.delete(written);
      throw error;
    }
  }
}
