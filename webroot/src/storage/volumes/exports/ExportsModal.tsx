import { Alert, ModalBody, ModalHeader } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ActionDialogProps } from '../../../core/actions/action';
import { messageOf } from '../../../core/api/problem';
import { Dialog } from '../../../core/layout/Dialog';
import { QueryState } from '../../../core/layout/QueryState';
import { useNow } from '../../../core/layout/useNow';
import { useList } from '../../../core/live/collection';
import { hosts } from '../../../hosts/hosts';
import { useSnapshots } from '../snapshots/useSnapshots';
import type { VolumeRow } from '../volumeState';
import { CreateExportForm } from './CreateExportForm';
import { exportRows, noExport } from './exportState';
import { ExportTable } from './ExportTable';
import { exportsKey, useExports, useExportTasks } from './useExports';

const LOOK_MS = 5000;

/** The files that were made of one volume, and what can be done with them. */
export function ExportsModal({ target: row, onClose }: ActionDialogProps<VolumeRow>) {
  const { volume } = row;
  const titleId = useId();
  const queries = useQueryClient();
  const now = useNow(LOOK_MS);
  const [begun, setBegun] = useState<readonly string[]>([]);
  const making = useExportTasks();
  const query = useExports(volume.id, making);
  const hostList = useList(hosts).data ?? [];
  const snapshots = useSnapshots(volume);
  const readAgain = (): void => void queries.invalidateQueries({ queryKey: exportsKey(volume.id) });
  // The file of an export that failed is gone with its place in the table.
  const failed = making.filter((task) => begun.includes(task.id) && task.state === 'FAILED');
  return (
    <Dialog variant="large" aria-labelledby={titleId} onClose={onClose}>
      <ModalHeader title={`Exports of ${volume.name}`} labelId={titleId} />
      <ModalBody>
        <CreateExportForm
          volume={volume}
          snapshots={snapshots.data ?? []}
          problem={noExport(row)}
          onBegun={({ taskId }) => {
            setBegun((before) => [...before, taskId]);
            readAgain();
          }}
        />
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
        {failed.map((task) => (
          <Alert
            key={task.id}
            component="p"
            variant="danger"
            isInline
            isLiveRegion
            className="lqx-gap-below lqx-break"
            title={`The export of ${task.targetName} failed`}
          >
            {task.failure?.message}
          </Alert>
        ))}
        <QueryState query={query} what="exports" compact>
          {(files) => <ExportTable rows={exportRows(files, hostList, making, now, readAgain)} />}
        </QueryState>
      </ModalBody>
    </Dialog>
  );
}
