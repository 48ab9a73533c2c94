import { ActionButton } from '../../core/actions/ActionButton';
import type { Image } from '../../core/api/types';
import { formatAgo, formatTime } from '../../core/format/time';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { Remark } from '../../core/layout/Remark';
import { StateLabel } from '../../core/layout/StateLabel';
import { Truncated } from '../../core/layout/Truncated';
import { useList } from '../../core/live/collection';
import { hosts } from '../../hosts/hosts';
import { pools } from '../../storage/storage';
import { COPY_STATES, placedCopies, type PlacedCopy } from './copies';
import { removeCopy } from './removeCopy';

const CAME_BY_ITSELF = 'Came for a VM, and may go to make room.';

const COLUMNS: readonly Column<PlacedCopy>[] = [
  {
    label: 'Pool',
    cell: ({ pool, host }) => (
      <>
        <Truncated text={pool} />
        <Remark text={host} />
      </>
    ),
    width: 30,
  },
  {
    label: 'State',
    cell: ({ copy }) => (
      <>
        <StateLabel {...COPY_STATES[copy.state]} />
        <Remark text={copy.kept ? undefined : CAME_BY_ITSELF} />
      </>
    ),
    width: 30,
  },
  {
    label: 'Last used',
    cell: ({ copy }) => <span title={formatTime(copy.lastUsedAt)}>{formatAgo(copy.lastUsedAt)}</span>,
    width: 20,
  },
  {
    label: 'What to do',
    cell: (placed) => <ActionButton variant="link" target={placed} action={removeCopy} />,
    width: 20,
  },
];

/** Where an image is. */
export function CopyTable({ image }: { image: Image }) {
  const placed = placedCopies(image, useList(pools).data ?? [], useList(hosts).data ?? []);
  return (
    <DataTable
      label={`Copies of ${image.name}`}
      rows={placed}
      columns={COLUMNS}
      rowKey={({ copy }) => `${copy.poolId} ${copy.hostId}`}
      unsorted
    />
  );
}
