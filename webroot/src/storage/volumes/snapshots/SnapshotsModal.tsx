import { ModalBody, ModalHeader } from '@patternfly/react-core';
import { useId } from 'react';
import type { ActionDialogProps } from '../../../core/actions/action';
import { Dialog } from '../../../core/layout/Dialog';
import { QueryState } from '../../../core/layout/QueryState';
import { noSnapshots, type VolumeRow } from '../volumeState';
import { CreateSnapshotForm } from './CreateSnapshotForm';
import { SnapshotTable } from './SnapshotTable';
import { useSnapshots } from './useSnapshots';

/** The snapshots of one volume, and what can be done with them. */
export function SnapshotsModal({ target: row, onClose }: ActionDialogProps<VolumeRow>) {
  const { volume } = row;
  const titleId = useId();
  const query = useSnapshots(volume);
  return (
    <Dialog variant="large" aria-labelledby={titleId} onClose={onClose}>
      <ModalHeader title={`Snapshots of ${volume.name}`} labelId={titleId} />
      <ModalBody>
        <CreateSnapshotForm volume={volume} problem={noSnapshots(row)} />
        <QueryState query={query} what="snapshots" compact>
          {(snapshots) => <SnapshotTable row={row} snapshots={snapshots} />}
        </QueryState>
      </ModalBody>
    </Dialog>
  );
}
