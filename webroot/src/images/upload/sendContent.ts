import { API_BASE, CSRF_HEADER, reportUnauthorised } from '../../core/api/client';
import { sendChange, type Identity } from '../../core/api/identity';
import { toApiError, unreachable } from '../../core/api/problem';

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

/** XMLHttpRequest is used because fetch tells no progress of a request. */
function put(url: string, file: Blob, csrfToken: string | undefined, sending: Sending): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => sending.onProgress(event.loaded);
    request.onload = () => resolve(request);
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    sending.signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('PUT', url);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    if (csrfToken) request.setRequestHeader(CSRF_HEADER, csrfToken);
    request.send(file);
  });
}

/** Ends when the server has all bytes of an image; throws an ApiError, or an AbortError when it was cancelled. */
export async function sendContent(imageId: string, file: Blob, sending: Sending): Promise<void> {
  const url = `${API_BASE}/images/${encodeURIComponent(imageId)}/content`;
  const { status, responseText, ...answer } = await sendChange(
    async (csrfToken) => {
      const request = await put(url, file, csrfToken, sending);
      const retryAfter = request.getResponseHeader('Retry-After');
      return { status: request.status, responseText: request.responseText, retryAfter };
    },
    (tried) => tried.status === 403,
    sending.asker,
  );
  if (status === 401) reportUnauthorised();
  if (status >= 300) throw toApiError(status, parse(responseText), answer.retryAfter);
}
