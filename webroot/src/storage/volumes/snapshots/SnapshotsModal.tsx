import { Modal, ModalBody, ModalHeader } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { ActionDialogProps } from '../../../core/actions/action';
import { api, unwrap } from '../../../core/api/client';
import { QueryState } from '../../../core/layout/QueryState';
import { noSnapshots, type VolumeRow } from '../volumeState';
import { CreateSnapshotForm } from './CreateSnapshotForm';
import { SnapshotTable } from './SnapshotTable';

/** The snapshots of one volume, and what can be done with them. */
export function SnapshotsModal({ target: row, onClose }: ActionDialogProps<VolumeRow>) {
  const { volume } = row;
  const titleId = useId();
  const query = useQuery({
    // Whatever happens to a snapshot changes its volume too.
    queryKey: ['snapshots', volume.id, volume.version],
    queryFn: async () =>
      (await unwrap(api.GET('/volumes/{volumeId}/snapshots', { params: { path: { volumeId: volume.id } } }))).items,
    placeholderData: (before) => before,
    staleTime: 0,
  });
  return (
    <Modal isOpen variant="large" aria-labelledby={titleId} onClose={onClose}>
      <ModalHeader title={`Snapshots of ${volume.name}`} labelId={titleId} />
      <ModalBody>
        <CreateSnapshotForm volume={volume} problem={noSnapshots(row)} />
        <QueryState query={query} what="snapshots" compact>
          {(snapshots) => <SnapshotTable row={row} snapshots={snapshots} />}
        </QueryState>
      </ModalBody>
    </Modal>
  );
}
