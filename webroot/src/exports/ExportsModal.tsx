import { Alert, ModalBody, ModalHeader } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import type { Snapshot } from '../core/api/types';
import { Dialog } from '../core/layout/Dialog';
import { QueryState } from '../core/layout/QueryState';
import { useNow } from '../core/layout/useNow';
import { useList } from '../core/live/collection';
import { hosts } from '../hosts/hosts';
import { CreateExportForm, type FormatChoice } from './CreateExportForm';
import type { ExportOrigin } from './exportApi';
import { exportRows } from './exportState';
import { ExportTable } from './ExportTable';
import { exportsKey, useExports, useExportTasks } from './useExports';

const LOOK_MS = 5000;

interface Props {
  origin: ExportOrigin;
  name: string;
  formats: readonly [FormatChoice, ...FormatChoice[]];
  snapshots?: readonly Snapshot[];
  /** Why there can be no new one now. */
  problem: string | undefined;
  onClose: () => void;
  /** Said below the form. */
  children?: ReactNode;
}

/** The files that were made of one thing, and what can be done with them. */
export function ExportsModal({ origin, name, formats, snapshots = [], problem, onClose, children }: Props) {
  const titleId = useId();
  const queries = useQueryClient();
  const now = useNow(LOOK_MS);
  const [begun, setBegun] = useState<readonly string[]>([]);
  const making = useExportTasks(origin.kind);
  const query = useExports(origin, making);
  const hostList = useList(hosts).data ?? [];
  const readAgain = (): void => void queries.invalidateQueries({ queryKey: exportsKey(origin) });
  // The file of an export that failed is gone with its place in the table.
  const failed = making.filter((task) => begun.includes(task.id) && task.state === 'FAILED');
  return (
    <Dialog variant="large" aria-labelledby={titleId} onClose={onClose}>
      <ModalHeader title={`Exports of ${name}`} labelId={titleId} />
      <ModalBody>
        <CreateExportForm
          origin={origin}
          formats={formats}
          snapshots={snapshots}
          problem={problem}
          onBegun={({ taskId }) => {
            setBegun((before) => [...before, taskId]);
            readAgain();
          }}
        />
        {children}
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
