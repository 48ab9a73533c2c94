import { Alert } from '@patternfly/react-core';
import type { ActionDialogProps } from '../../../core/actions/action';
import { messageOf } from '../../../core/api/problem';
import type { FormatChoice } from '../../../exports/CreateExportForm';
import { ExportsModal } from '../../../exports/ExportsModal';
import { useSnapshots } from '../snapshots/useSnapshots';
import type { VolumeRow } from '../volumeState';
import { noExport } from './noExport';

const FORMATS: readonly [FormatChoice, ...FormatChoice[]] = [
  { value: 'qcow2', label: 'qcow2, as small as what is on it' },
  { value: 'raw', label: 'raw, every byte as the guest sees it' },
];

/** The files of a volume, or of its snapshots. */
export function VolumeExportsModal({ target: row, onClose }: ActionDialogProps<VolumeRow>) {
  const { volume } = row;
  const snapshots = useSnapshots(volume);
  return (
    <ExportsModal
      origin={{ kind: 'VOLUME', id: volume.id }}
      name={volume.name}
      formats={FORMATS}
      snapshots={snapshots.data ?? []}
      problem={noExport(row)}
      onClose={onClose}
    >
      {snapshots.isError && (
        <Alert
          component="p"
          variant="warning"
          isInline
          isPlain
          className="lqx-gap-below"
          title={`Its snapshots could not be read, so none can be chosen. ${messageOf(snapshots.error)}`}
        />
      )}
    </ExportsModal>
  );
}
