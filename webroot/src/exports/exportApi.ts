import { API_BASE, api, once, unwrap } from '../core/api/client';
import { Creation, type Outcome } from '../core/api/creation';
import type { Export, TaskAccepted } from '../core/api/types';

/** What files are made of. */
export type ExportOrigin = Export['origin'];

/** What is wanted of it. */
export interface ExportWish {
  format: Export['format'];
  snapshotId?: string;
}

/** The files that were made of it, newest first. */
export async function listExports({ kind, id }: ExportOrigin): Promise<Export[]> {
  switch (kind) {
    case 'VOLUME':
      return (await unwrap(api.GET('/volumes/{volumeId}/exports', { params: { path: { volumeId: id } } }))).items;
    case 'IMAGE':
      return (await unwrap(api.GET('/images/{imageId}/exports', { params: { path: { imageId: id } } }))).items;
    case 'VM':
      return (await unwrap(api.GET('/vms/{vmId}/exports', { params: { path: { vmId: id } } }))).items;
  }
}

async function begin({ kind, id }: ExportOrigin, wish: ExportWish, key: string): Promise<TaskAccepted> {
  const header = once(key);
  // Which formats there are for which kind, the form says and the server checks.
  switch (kind) {
    case 'VOLUME': {
      const body = { ...wish, format: wish.format as 'qcow2' | 'raw' };
      return unwrap(api.POST('/volumes/{volumeId}/exports', { params: { path: { volumeId: id }, header }, body }));
    }
    case 'IMAGE': {
      const body = { format: wish.format };
      return unwrap(api.POST('/images/{imageId}/exports', { params: { path: { imageId: id }, header }, body }));
    }
    case 'VM': {
      const body = { format: wish.format as 'qcow2' | 'raw' | 'ova' };
      return unwrap(api.POST('/vms/{vmId}/exports', { params: { path: { vmId: id }, header }, body }));
    }
  }
}

async function settle(origin: ExportOrigin, { targetId }: TaskAccepted, asked: ExportWish): Promise<Outcome> {
  const files = await listExports(origin);
  // The task of a machine whose disks cannot be kept as they are names the machine.
  const made = files.find((file) => file.id === targetId) ?? (targetId === origin.id ? files[0] : undefined);
  if (!made) return 'gone';
  return made.format === asked.format && made.snapshotId === asked.snapshotId ? 'as asked' : 'other';
}

export const exportCreation = (origin: ExportOrigin): Creation<ExportWish, TaskAccepted> =>
  new Creation(
    (wish, key) => begin(origin, wish, key),
    (answer, asked) => settle(origin, answer, asked),
  );

const PLURALS = { VOLUME: 'volumes', IMAGE: 'images', VM: 'vms' } as const;

export const contentUrl = ({ origin, id }: Pick<Export, 'origin' | 'id'>): string =>
  `${API_BASE}/${PLURALS[origin.kind]}/${encodeURIComponent(origin.id)}/exports/${encodeURIComponent(id)}/content`;

/** Asks for one byte, as a browser does not tell why a download failed. */
export async function requireThere({ origin: { kind, id }, id: exportId }: Export): Promise<void> {
  const enough = new AbortController();
  const how = { headers: { Range: 'bytes=0-0' }, parseAs: 'stream', signal: enough.signal } as const;
  switch (kind) {
    case 'VOLUME': {
      const params = { path: { volumeId: id, exportId } };
      await unwrap(api.GET('/volumes/{volumeId}/exports/{exportId}/content', { params, ...how }));
      break;
    }
    case 'IMAGE': {
      const params = { path: { imageId: id, exportId } };
      await unwrap(api.GET('/images/{imageId}/exports/{exportId}/content', { params, ...how }));
      break;
    }
    case 'VM': {
      const params = { path: { vmId: id, exportId } };
      await unwrap(api.GET('/vms/{vmId}/exports/{exportId}/content', { params, ...how }));
      break;
    }
  }
  enough.abort();
}

export async function removeExport({ origin: { kind, id }, id: exportId }: Export): Promise<void> {
  switch (kind) {
    case 'VOLUME': {
      const params = { path: { volumeId: id, exportId } };
      await unwrap(api.DELETE('/volumes/{volumeId}/exports/{exportId}', { params }));
      break;
    }
    case 'IMAGE': {
      const params = { path: { imageId: id, exportId } };
      await unwrap(api.DELETE('/images/{imageId}/exports/{exportId}', { params }));
      break;
    }
    case 'VM': {
      const params = { path: { vmId: id, exportId } };
      await unwrap(api.DELETE('/vms/{vmId}/exports/{exportId}', { params }));
      break;
    }
  }
}
