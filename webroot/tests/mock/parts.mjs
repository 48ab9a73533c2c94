// The parts that an image's file comes in, as tus 1.0.0 sends them.
import { json, problem } from './api.mjs';

const headersOf = ({ came, length }) => ({ 'upload-offset': String(came), 'upload-length': String(length) });

/** `control.losePart` may answer of how many bytes the connection breaks after; those are kept. */
export function makeParts(life, control) {
  const expected = new Map();

  const begin = (image, announced) => {
    if (image.state !== 'DRAFT') return problem(409, 'CONFLICT', `The image ${image.name} is complete.`);
    expected.set(image.id, { came: 0, length: Number(announced) });
    return json(201);
  };
  const take = (image, parts, request) => {
    if (Number(request.offset) !== parts.came) return problem(409, 'CONFLICT', 'So much has not come.');
    const kept = control.losePart?.(request);
    parts.came += kept ?? request.length;
    if (kept !== undefined) return { broken: true };
    if (parts.came === parts.length) life.fillImage(image, 'content');
    return json(204, undefined, headersOf(parts));
  };
  return (method, image, request) => {
    if (method === 'POST') return begin(image, request.announced);
    const parts = expected.get(image.id);
    if (!parts) return problem(404, 'NOT_FOUND', 'No parts are expected.');
    if (method === 'PATCH') return take(image, parts, request);
    if (method === 'HEAD') return json(200, undefined, headersOf(parts));
    expected.delete(image.id);
    return json(204);
  };
}
