import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import { DownloadEntryModal } from './DownloadEntryModal';
import { EntryDetailsModal } from './EntryDetailsModal';
import type { EntryRow } from './entryRow';

export const downloadEntryAction: Action<EntryRow> = {
  id: 'download-entry',
  label: 'Download',
  availability: ({ image, task }) =>
    task || (image?.state === 'CHECKING' && !image.abandoned) ? unavailable('It is on its way.') : AVAILABLE,
  dialog: DownloadEntryModal,
};

export const entryDetails: Action<EntryRow> = {
  id: 'entry-details',
  label: 'Details',
  availability: () => AVAILABLE,
  dialog: EntryDetailsModal,
};

export const entryActions: readonly Action<EntryRow>[] = [downloadEntryAction, entryDetails];
