import { AVAILABLE, unavailable, type Action } from '../../../core/actions/action';
import { API_BASE, api, unwrap } from '../../../core/api/client';
import { noDownload, type ExportRow } from './exportState';

const pathOf = ({ file }: ExportRow) => ({ volumeId: file.volumeId, exportId: file.id });

const urlOf = ({ file }: ExportRow): string =>
  `${API_BASE}/volumes/${encodeURIComponent(file.volumeId)}/exports/${encodeURIComponent(file.id)}/content`;

/** Asks for one byte, as a browser does not tell why a download failed. */
async function requireThere(row: ExportRow): Promise<void> {
  const enough = new AbortController();
  await unwrap(
    api.GET('/volumes/{volumeId}/exports/{exportId}/content', {
      params: { path: pathOf(row) },
      headers: { Range: 'bytes=0-0' },
      parseAs: 'stream',
      signal: enough.signal,
    }),
  );
  enough.abort();
}

export const downloadExport: Action<ExportRow> = {
  id: 'download',
  label: 'Download',
  availability: (row) => {
    const reason = noDownload(row);
    return reason === undefined ? AVAILABLE : unavailable(reason);
  },
  href: urlOf,
  run: async (row) => {
    await requireThere(row);
    const link = document.createElement('a');
    link.href = urlOf(row);
    link.download = row.file.fileName;
    link.click();
    return undefined;
  },
};
