import { ActionButton } from '../core/actions/ActionButton';
import { formatBytes } from '../core/format/bytes';
import { formatAgo, formatTime } from '../core/format/time';
import { DataTable, type Column } from '../core/layout/DataTable';
import { Remark } from '../core/layout/Remark';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { cancelTask } from '../tasks/actions/cancel';
import { TaskProgress } from '../tasks/TaskProgress';
import { isActive } from '../tasks/tasks';
import { deleteExport } from './deleteExport';
import { downloadExport } from './downloadExport';
import { exportState, noDownload, validity, type ExportRow } from './exportState';

const COLUMNS: readonly Column<ExportRow>[] = [
  {
    label: 'File',
    cell: (row) => (
      <>
        <Truncated text={row.file.fileName} />
        <Remark text={`Asked for ${formatAgo(row.file.createdAt, row.now)}`} />
        {row.file.sha256 && <Remark text={`SHA-256 ${row.file.sha256}`} />}
      </>
    ),
    sortBy: ({ file }) => file.fileName,
    width: 25,
  },
  {
    label: 'State',
    cell: (row) => (
      <>
        <StateLabel {...exportState(row)} />
        <TaskProgress task={row.file.state === 'MAKING' ? row.task : undefined} of={row.file.fileName} />
        <Remark text={row.file.state === 'MAKING' ? undefined : noDownload(row)} />
      </>
    ),
    width: 25,
  },
  {
    label: 'Size',
    cell: ({ file }) => (file.state === 'READY' ? formatBytes(file.bytes) : '–'),
    sortBy: ({ file }) => file.bytes,
    width: 10,
  },
  {
    label: 'Can be fetched',
    cell: (row) => <span title={formatTime(row.file.expiresAt)}>{validity(row)}</span>,
    sortBy: ({ file }) => file.expiresAt ?? '',
    width: 15,
  },
  {
    label: 'What to do',
    cell: (row) => (
      <span className="lqx-row-actions">
        <ActionButton variant="link" target={row} action={downloadExport} />
        {row.file.state === 'MAKING' && row.task && isActive(row.task) ? (
          <ActionButton variant="link" target={row.task} action={cancelTask} />
        ) : (
          <ActionButton variant="link" target={row} action={deleteExport} />
        )}
      </span>
    ),
    width: 25,
  },
];

/** Newest first. */
export function ExportTable({ rows }: { rows: readonly ExportRow[] }) {
  return (
    <DataTable
      label="Exports"
      rows={rows}
      columns={COLUMNS}
      rowKey={({ file }) => file.id}
      unsorted
      nothing="No exports yet"
    />
  );
}
