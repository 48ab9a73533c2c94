import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError, unreachable } from '../../core/api/problem';
import type { CreateImage, Image } from '../../core/api/types';
import { ImageAnnouncement, type ImageRequests } from './announcement';

const RIGHT = 'a'.repeat(64);
const WRONG = 'b'.repeat(64);
const refusal = (): ApiError => new ApiError('There are 2 hosts; say on which the file is.', 400, 'INVALID');

/** Images as the server keeps them: one for each key, with names of their own. */
class Server implements ImageRequests {
  readonly library = new Map<string, { image: Image; body: CreateImage }>();
  readonly imports: { imageId: string; path: string; key: string }[] = [];
  failImport: (() => Error) | undefined;
  loseAnswer = false;

  create = (body: CreateImage, key: string): Promise<Image> => {
    const id = `image of ${key}`;
    const taken = [...this.library.values()].some(({ image }) => image.name === body.name && image.id !== id);
    if (taken) return Promise.reject(new ApiError('There is already an image of this name.', 409, 'CONFLICT'));
    const there = this.library.get(id) ?? { image: { id, name: body.name, state: 'DRAFT' } as Image, body };
    this.library.set(id, there);
    return this.loseAnswer ? Promise.reject(unreachable()) : Promise.resolve(there.image);
  };
  get = (id: string): Promise<Image> => {
    const there = this.library.get(id);
    return there ? Promise.resolve(there.image) : Promise.reject(new ApiError('No such image.', 404, 'NOT_FOUND'));
  };
  remove = (id: string): Promise<void> => {
    this.library.delete(id);
    return Promise.resolve();
  };
  readonly downloads: { imageId: string; url: string; key: string }[] = [];
  download = (imageId: string, url: string, key: string): Promise<void> => {
    this.downloads.push({ imageId, url, key });
    return Promise.resolve();
  };
  importFile = (imageId: string, file: { path: string }, key: string): Promise<void> => {
    this.imports.push({ imageId, path: file.path, key });
    const failure = this.failImport?.();
    return failure ? Promise.reject(failure) : Promise.resolve();
  };
  bodies = (): CreateImage[] => [...this.library.values()].map(({ body }) => body);
}

describe('an image that is announced and then filled', () => {
  let server: Server;
  let announcement: ImageAnnouncement;
  const announced = (sha256: string): CreateImage => ({ name: 'debian', format: 'qcow2', sha256 });
  const add = async (sha256: string, path: string): Promise<void> =>
    announcement.importFile(await announcement.announce(announced(sha256)), { path });

  beforeEach(() => {
    server = new Server();
    announcement = new ImageAnnouncement(server);
  });

  it('is announced with the corrected SHA-256 when the import was refused', async () => {
    server.failImport = refusal;
    await expect(add(WRONG, '/srv/a')).rejects.toThrow('There are 2 hosts');
    server.failImport = undefined;
    await add(RIGHT, '/srv/a');
    expect(server.bodies()).toEqual([announced(RIGHT)]);
  });

  it('keeps its draft when only the path was corrected', async () => {
    server.failImport = refusal;
    await expect(add(RIGHT, '/srv/a')).rejects.toThrow();
    server.failImport = undefined;
    await add(RIGHT, '/srv/b');
    expect(server.bodies()).toHaveLength(1);
    expect(server.imports.map(({ path }) => path)).toEqual(['/srv/a', '/srv/b']);
    expect(new Set(server.imports.map(({ key }) => key)).size).toBe(2);
  });

  it('asks for the same import again when its outcome is unknown', async () => {
    server.failImport = unreachable;
    await expect(add(RIGHT, '/srv/a')).rejects.toThrow();
    await expect(add(RIGHT, '/srv/a')).rejects.toThrow();
    expect(new Set(server.imports.map(({ key }) => key)).size).toBe(1);
  });

  it('is there once, as corrected, when the answer to the announcement was lost', async () => {
    server.loseAnswer = true;
    await expect(add(WRONG, '/srv/a')).rejects.toThrow('cannot be reached');
    server.loseAnswer = false;
    await add(RIGHT, '/srv/a');
    expect(server.bodies()).toEqual([announced(RIGHT)]);
  });

  it('is never deleted for a correction once it has bytes', async () => {
    server.failImport = unreachable;
    await expect(add(WRONG, '/srv/a')).rejects.toThrow();
    for (const there of server.library.values()) there.image.state = 'CHECKING';
    await expect(add(RIGHT, '/srv/a')).rejects.toThrow(/earlier attempt went through/);
    expect(server.bodies()).toEqual([announced(WRONG)]);
  });
});
