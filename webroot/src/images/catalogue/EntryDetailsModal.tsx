import { ModalBody, ModalHeader } from '@patternfly/react-core';
import { formatBytes } from '../../core/format/bytes';
import { Dialog } from '../../core/layout/Dialog';
import { Facts } from '../../core/layout/Facts';
import type { ActionDialogProps } from '../../core/actions/action';
import { formatText, KINDS, type EntryRow } from './entryRow';

export function EntryDetailsModal({ target: entry, onClose }: ActionDialogProps<EntryRow>) {
  return (
    <Dialog variant="medium" aria-labelledby="entry-details" onClose={onClose}>
      <ModalHeader title={entry.name} labelId="entry-details" />
      <ModalBody>
        <Facts
          title="Details"
          facts={[
            { term: 'Distribution', value: entry.distribution },
            { term: 'Version', value: entry.version },
            { term: 'Kind', value: KINDS[entry.kind] },
            { term: 'Architecture', value: entry.architecture },
            { term: 'Format', value: formatText(entry) },
            { term: 'Default user', value: entry.defaultUser },
            { term: 'Least memory', value: entry.leastMemoryBytes && formatBytes(entry.leastMemoryBytes) },
            { term: 'Firmware', value: entry.firmware ? `${entry.firmware.toUpperCase()} only` : 'BIOS or UEFI' },
            { term: 'Address', value: <span className="lqx-mono">{entry.url}</span> },
            { term: 'Checksum', value: entry.checked ? 'Compared with what is published' : 'None is published' },
            { term: 'Catalogue', value: entry.source?.name },
            { term: 'Note', value: entry.note },
          ]}
        />
      </ModalBody>
    </Dialog>
  );
}
