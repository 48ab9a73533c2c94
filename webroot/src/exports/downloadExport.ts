import { AVAILABLE, unavailable, type Action } from '../core/actions/action';
import { contentUrl, requireThere } from './exportApi';
import { noDownload, type ExportRow } from './exportState';

export const downloadExport: Action<ExportRow> = {
  id: 'download',
  label: 'Download',
  availability: (row) => {
    const reason = noDownload(row);
    return reason === undefined ? AVAILABLE : unavailable(reason);
  },
  href: ({ file }) => contentUrl(file),
  run: async ({ file }) => {
    await requireThere(file);
    const link = document.createElement('a');
    link.href = contentUrl(file);
    link.download = file.fileName;
    link.click();
    return undefined;
  },
};
