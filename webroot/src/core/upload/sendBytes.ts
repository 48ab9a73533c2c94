import { API_BASE, CSRF_HEADER, reportUnauthorised } from '../api/client';
import { sendChange, type Identity } from '../api/identity';
import { toApiError, unreachable } from '../api/problem';

/** Nothing is sent until then, and why. */
export interface Pause {
  reason: string;
  /** In milliseconds, by the clock of the page. */
  until: number;
}

export interface Sending {
  asker: Identity | undefined;
  /** How many bytes of the file have been sent; fewer than before where some were lost on the way. */
  onProgress: (sentBytes: number) => void;
  /** Undefined once it goes on. */
  onPause: (pause: Pause | undefined) => void;
  signal: AbortSignal;
}

export interface Answered {
  body: unknown;
  header: (name: string) => string | null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The browser says no more of a broken request than that it broke: a file that was changed breaks it too. */
async function whyBroken(bytes: Blob): Promise<Error> {
  try {
    await bytes.slice(0, 1).arrayBuffer();
    return unreachable();
  } catch {
    return new Error('The file cannot be read any more. It was changed or taken away since it was chosen.');
  }
}

/** XMLHttpRequest is used because fetch tells no progress of a request. */
function send(
  method: 'PUT' | 'PATCH',
  path: string,
  headers: Readonly<Record<string, string>>,
  bytes: Blob,
  sending: Pick<Sending, 'onProgress' | 'signal'>,
): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    request.upload.onprogress = (event) => sending.onProgress(event.loaded);
    request.onload = () => resolve(request);
    request.onerror = () => void whyBroken(bytes).then(reject);
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.onloadend = () => sending.signal.removeEventListener('abort', abort);
    sending.signal.addEventListener('abort', abort);
    request.open(method, API_BASE + path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(bytes);
  });
}

/**
 * Ends when the server has the bytes; throws an ApiError, or an AbortError when it was cancelled.
 *
 * @param path of the API, as in "/images/ID/content"
 */
export async function sendBytes(
  method: 'PUT' | 'PATCH',
  path: string,
  headers: Readonly<Record<string, string>>,
  bytes: Blob,
  sending: Pick<Sending, 'asker' | 'onProgress' | 'signal'>,
): Promise<Answered> {
  const request = await sendChange(
    (csrfToken) =>
      send(method, path, { ...headers, ...(csrfToken ? { [CSRF_HEADER]: csrfToken } : {}) }, bytes, sending),
    (tried) => tried.status === 403,
    sending.asker,
  );
  if (request.status === 401) reportUnauthorised();
  const body = parse(request.responseText);
  if (request.status >= 300) throw toApiError(request.status, body, request.getResponseHeader('Retry-After'));
  return { body, header: (name) => request.getResponseHeader(name) };
}
