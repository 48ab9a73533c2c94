import { api, unwrap } from '../../core/api/client';
import { ApiError, toApiError, unreachable } from '../../core/api/problem';
import { getIdentity } from '../../core/api/identity';
import type { Image, TaskAccepted } from '../../core/api/types';
import { dropNote, noteAt } from '../../core/upload/notes';
import { sendBytes } from '../../core/upload/sendBytes';
import { PartSender, type PartsServer } from '../../core/upload/sendInParts';
import type { Upload } from '../../core/upload/transfers';
import { contentPath } from '../images';

/** Of tus 1.0.0 (tus.io/protocols/resumable-upload), by which the parts are sent. */
const TUS = { 'Tus-Resumable': '1.0.0' } as const;
const CHECK = 'image.check';
const CONFLICT_PAUSE_MS = 1000;
const CONFLICT_TRIES = 10;

export interface Parts {
  cameBytes: number;
  lengthBytes: number;
}

const atImage = (imageId: string) => ({ path: { imageId }, header: TUS });

async function numberIn(response: Promise<{ response: Response }>, name: string): Promise<[Response, number]> {
  const { response: settled } = await response;
  return [settled, Number(settled.headers.get(name))];
}

/** How much of an image's file has come in parts; undefined where none is expected. */
export async function lookAtParts(imageId: string): Promise<Parts | undefined> {
  const asked = api.HEAD('/images/{imageId}/content', { params: atImage(imageId) });
  const [response, cameBytes] = await numberIn(asked, 'Upload-Offset').catch((error: unknown) => {
    throw error instanceof ApiError ? error : unreachable();
  });
  if (response.status === 404) return undefined;
  if (!response.ok) throw toApiError(response.status, undefined, response.headers.get('Retry-After'));
  return { cameBytes, lengthBytes: Number(response.headers.get('Upload-Length')) };
}

/** The newest check of an image; the server begins it with the last part. */
async function findCheck(imageId: string): Promise<TaskAccepted> {
  const { items } = await unwrap(api.GET('/tasks', { params: { query: { targetId: imageId } } }));
  const check = items.find(({ kind }) => kind === CHECK);
  if (!check)
    throw new Error('All of it is sent, but its check has not begun. Look at its state in the list of images.');
  return { taskId: check.id, targetId: imageId };
}

function serverOf(image: Pick<Image, 'id'>): PartsServer {
  const params = atImage(image.id);
  return {
    look: async () => (await lookAtParts(image.id))?.cameBytes,
    begin: async (lengthBytes) => {
      const header = { ...TUS, 'Upload-Length': lengthBytes };
      await unwrap(api.POST('/images/{imageId}/content', { params: { ...params, header } }));
    },
    send: async (offset, part, sending) => {
      const headers = { ...TUS, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' };
      const { header } = await sendBytes('PATCH', contentPath(image), headers, part, sending);
      return Number(header('Upload-Offset'));
    },
    findTask: () => findCheck(image.id),
  };
}

/** Has the server forget what came. What a broken connection still brings is waited for. */
export async function forgetParts(imageId: string): Promise<void> {
  await deleteParts(imageId);
  dropNote(getIdentity()?.userId ?? '', contentPath({ id: imageId }));
}

async function deleteParts(imageId: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await unwrap(api.DELETE('/images/{imageId}/content', { params: atImage(imageId) }));
      return;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Nothing is expected: there is nothing to forget.
      if (error.status === 404) return;
      if (error.status !== 409 || tries === CONFLICT_TRIES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, CONFLICT_PAUSE_MS));
  }
}

/** How an image's file is sent. */
export function imageUpload(image: Pick<Image, 'id' | 'name'>): Omit<Upload, 'file'> {
  const path = contentPath(image);
  return {
    path,
    name: image.name,
    inParts: (file, sending) => {
      const note = noteAt(sending.asker?.userId ?? '', path, image.name);
      return new PartSender(serverOf(image), note, file, sending).run();
    },
    forget: () => forgetParts(image.id),
  };
}
