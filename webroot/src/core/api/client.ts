import createClient from 'openapi-fetch';
import { sendChange } from './identity';
import type { paths } from './schema';
import { ApiError, toApiError, unreachable } from './problem';

export const API_BASE = '/api/v1';
export const CSRF_HEADER = 'X-CSRF-Token';

let onUnauthorised: () => void = () => undefined;

/** Called when the server says that the session is over. */
export function setUnauthorisedListener(listener: () => void): void {
  onUnauthorised = listener;
}

export function reportUnauthorised(): void {
  onUnauthorised();
}

function send(request: Request): Promise<Response> {
  if (request.method === 'GET') return fetch(request);
  const sendWith = (csrfToken: string | undefined): Promise<Response> => {
    // A request's body can be sent once only.
    const copy = request.clone();
    if (csrfToken) copy.headers.set(CSRF_HEADER, csrfToken);
    return fetch(copy);
  };
  return sendChange(sendWith, (response) => response.status === 403);
}

const client = createClient<paths>({ baseUrl: API_BASE, credentials: 'same-origin', fetch: send });

client.use({
  onResponse({ response, schemaPath }) {
    // A refused log-in is also a 401, and says nothing about a session that was there.
    if (response.status === 401 && schemaPath !== '/session') onUnauthorised();
    return undefined;
  },
});

export const api = client;

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Turns an answer of `api` into its data, or throws an ApiError. */
export async function unwrap<T>(answer: Promise<Answer<T>>): Promise<T> {
  let settled: Answer<T>;
  try {
    settled = await answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    if (error instanceof ApiError) throw error;
    throw unreachable();
  }
  const { response } = settled;
  if (!response.ok) throw toApiError(response.status, settled.error, response.headers.get('Retry-After'));
  return settled.data as T;
}

/** The header of a request that must have its effect once, however often it is sent. */
export function once(key: string = crypto.randomUUID()): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key };
}

/** The header that refuses a change of something that another person changed since it was read. */
export function ifUnchanged(thing: { version: number }): { 'If-Match': string } {
  return { 'If-Match': `"${thing.version}"` };
}
