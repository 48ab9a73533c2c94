import type { TaskAccepted } from '../api/types';
import { sendBytes, type Sending } from './sendBytes';

/**
 * Sends a file in one piece. Ends when the server has all bytes, with the task that checks them; throws an ApiError, or
 * an AbortError when it was cancelled.
 *
 * @param path of the API, as in "/volume-uploads/ID/content"
 */
export async function sendContent(path: string, file: Blob, sending: Sending): Promise<TaskAccepted> {
  const { body } = await sendBytes('PUT', path, { 'Content-Type': 'application/octet-stream' }, file, sending);
  return body as TaskAccepted;
}
