import { Announcement } from '../../../core/api/announcement';
import { api, once, unwrap } from '../../../core/api/client';
import { ApiError } from '../../../core/api/problem';
import type { CreateVolumeUpload, VolumeUpload } from '../../../core/api/types';

/** Has the server forget what was announced and what arrived of it; one that is gone already is no failure. */
export async function forgetUpload({ id }: Pick<VolumeUpload, 'id'>): Promise<void> {
  await unwrap(api.DELETE('/uploads/{uploadId}', { params: { path: { uploadId: id } } }));
}

async function withdraw(upload: VolumeUpload): Promise<boolean> {
  try {
    await forgetUpload(upload);
    return true;
  } catch (error) {
    // Its bytes have come, and become a volume now.
    if (error instanceof ApiError && error.status === 409) return false;
    throw error;
  }
}

export const volumeAnnouncement = (): Announcement<CreateVolumeUpload, VolumeUpload> =>
  new Announcement({
    create: (body, key) => unwrap(api.POST('/uploads', { params: { header: once(key) }, body })),
    withdraw,
  });

/** Where the file of an announced volume is sent. */
export const contentPath = ({ id }: Pick<VolumeUpload, 'id'>): string => `/uploads/${encodeURIComponent(id)}/content`;
