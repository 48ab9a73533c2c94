import { API_BASE, CSRF_HEADER, reportUnauthorised } from '../api/client';
import { sendChange, type Identity } from '../api/identity';
import { toApiError, unreachable } from '../api/problem';
import type { TaskAccepted } from '../api/types';

export interface Sending {
  asker: Identity | undefined;
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The browser says no more of a broken request than that it broke: a file that was changed breaks it too. */
async function whyBroken(file: Blob): Promise<Error> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return unreachable();
  } catch {
    return new Error('The file cannot be read any more. It was changed or taken away since it was chosen.');
  }
}

/** XMLHttpRequest is used because fetch tells no progress of a request. */
function put(url: string, file: Blob, csrfToken: string | undefined, sending: Sending): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => sending.onProgress(event.loaded);
    request.onload = () => resolve(request);
    request.onerror = () => void whyBroken(file).then(reject);
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    sending.signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('PUT', url);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    if (csrfToken) request.setRequestHeader(CSRF_HEADER, csrfToken);
    request.send(file);
  });
}

/**
 * Ends when the server has all bytes, with the task that checks them; throws an ApiError, or an AbortError when it was
 * cancelled.
 *
 * @param path of the API, as in "/images/ID/content"
 */
export async function sendContent(path: string, file: Blob, sending: Sending): Promise<TaskAccepted> {
  const { status, responseText, ...answer } = await sendChange(
    async (csrfToken) => {
      const request = await put(API_BASE + path, file, csrfToken, sending);
      const retryAfter = request.getResponseHeader('Retry-After');
      return { status: request.status, responseText: request.responseText, retryAfter };
    },
    (tried) => tried.status === 403,
    sending.asker,
  );
  if (status === 401) reportUnauthorised();
  const body = parse(responseText);
  if (status >= 300) throw toApiError(status, body, answer.retryAfter);
  return body as TaskAccepted;
}
