import { Announcement } from '../../core/api/announcement';
import { api, once, unwrap } from '../../core/api/client';
import { ApiError } from '../../core/api/problem';
import type { CreateImage, Image } from '../../core/api/types';
import { ended } from '../../tasks/tasks';
import { images } from '../images';

export interface ImageRequests {
  create: (body: CreateImage, key: string) => Promise<Image>;
  get: (imageId: string) => Promise<Image>;
  /** Ends when it is gone. */
  remove: (imageId: string) => Promise<void>;
  importFile: (imageId: string, file: HostFile, key: string) => Promise<unknown>;
  download: (imageId: string, url: string, key: string) => Promise<unknown>;
}

export interface HostFile {
  path: string;
  hostId?: string;
}

const REQUESTS: ImageRequests = {
  create: (body, key) => unwrap(api.POST('/images', { params: { header: once(key) }, body })),
  get: images.get,
  remove: async (imageId) => {
    const { taskId } = await unwrap(api.DELETE('/images/{imageId}', { params: { path: { imageId } } }));
    await ended(taskId);
  },
  importFile: (imageId, body, key) =>
    unwrap(api.POST('/images/{imageId}/import', { params: { path: { imageId }, header: once(key) }, body })),
  download: (imageId, url, key) =>
    unwrap(api.POST('/images/{imageId}/download', { params: { path: { imageId }, header: once(key) }, body: { url } })),
};

const isGone = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

/** The image that a form announces and then fills. */
export class ImageAnnouncement {
  private filling: { written: string; key: string } | undefined;
  private readonly requests: ImageRequests;
  private readonly announcement: Announcement<CreateImage, Image>;

  constructor(requests: ImageRequests = REQUESTS) {
    this.requests = requests;
    this.announcement = new Announcement({
      create: requests.create,
      withdraw: ({ id }) => this.withdraw(id),
    });
  }

  /** The image that waits for its bytes, announced as `body` says. */
  announce(body: CreateImage): Promise<Image> {
    return this.announcement.announce(body);
  }

  async importFile(image: Image, file: HostFile): Promise<void> {
    await this.requests.importFile(image.id, file, this.keyOf([image.id, file]));
  }

  async download(image: Image, url: string): Promise<void> {
    await this.requests.download(image.id, url, this.keyOf([image.id, url]));
  }

  /** The same file keeps its key: a refusal has not used it up, and an unknown attempt is not repeated. */
  private keyOf(asked: unknown): string {
    const written = JSON.stringify(asked);
    if (this.filling?.written !== written) this.filling = { written, key: crypto.randomUUID() };
    return this.filling.key;
  }

  /** Whether the image is gone; one that has bytes stays, as somebody may use it. */
  private async withdraw(imageId: string): Promise<boolean> {
    try {
      const { state } = await this.requests.get(imageId);
      if (state === 'CHECKING' || state === 'READY') return false;
      await this.requests.remove(imageId);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    return true;
  }
}
