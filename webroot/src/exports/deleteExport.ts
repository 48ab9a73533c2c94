import { AVAILABLE, unavailable, type Action } from '../core/actions/action';
import { removeExport } from './exportApi';
import { word, type ExportRow } from './exportState';

export const deleteExport: Action<ExportRow> = {
  id: 'delete-export',
  label: 'Delete',
  danger: true,
  availability: ({ file, host }) => {
    if (file.state === 'MAKING') return unavailable('It is still being made; cancel that.');
    return host?.state === 'DOWN' ? unavailable(`${host.name} is down, where it lies.`) : AVAILABLE;
  },
  confirm: ({ file }) => ({
    title: `Delete the file ${file.fileName}?`,
    body: `The ${word(file)} itself stays as it is. The file can be made again.`,
    confirmLabel: 'Delete',
  }),
  run: async ({ file, readAgain }) => {
    await removeExport(file);
    readAgain();
    return undefined;
  },
  doneMessage: ({ file }) => `Deleted ${file.fileName}`,
};
