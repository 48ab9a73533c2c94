import { ActionButton } from '../../../core/actions/ActionButton';
import type { Snapshot } from '../../../core/api/types';
import { formatBytes } from '../../../core/format/bytes';
import { formatTime } from '../../../core/format/time';
import { DataTable, type Column } from '../../../core/layout/DataTable';
import { StateLabel } from '../../../core/layout/StateLabel';
import { Truncated } from '../../../core/layout/Truncated';
import { VOLUME_STATES, type VolumeRow } from '../volumeState';
import { cloneSnapshot, deleteSnapshot, revertToSnapshot } from './snapshotActions';

interface Props {
  row: VolumeRow;
  snapshots: readonly Snapshot[];
}

/** Oldest first. */
export function SnapshotTable({ row, snapshots }: Props) {
  const columns: readonly Column<Snapshot>[] = [
    { label: 'Name', cell: ({ name }) => <Truncated text={name} />, sortBy: ({ name }) => name, width: 20 },
    {
      label: 'Created',
      cell: ({ createdAt }) => formatTime(createdAt),
      sortBy: ({ createdAt }) => createdAt,
      width: 20,
    },
    {
      label: 'Size',
      cell: ({ sizeBytes }) => formatBytes(sizeBytes),
      sortBy: ({ sizeBytes }) => sizeBytes,
      width: 10,
    },
    { label: 'State', cell: ({ state }) => <StateLabel {...VOLUME_STATES[state]} />, width: 15 },
    {
      label: 'What to do',
      cell: (snapshot) => (
        <span className="lqx-row-actions">
          {[revertToSnapshot, cloneSnapshot, deleteSnapshot].map((action) => (
            <ActionButton key={action.id} variant="link" target={{ row, snapshot }} action={action} />
          ))}
        </span>
      ),
      width: 35,
    },
  ];
  return (
    <DataTable
      label="Snapshots"
      rows={snapshots}
      columns={columns}
      rowKey={({ id }) => id}
      unsorted
      nothing="No snapshots yet"
    />
  );
}
