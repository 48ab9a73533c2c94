import { useQueries } from '@tanstack/react-query';
import { ActionButton } from '../../core/actions/ActionButton';
import type { Vm } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { Facts } from '../../core/layout/Facts';
import { Remark } from '../../core/layout/Remark';
import { Truncated } from '../../core/layout/Truncated';
import { itemOptions, useList } from '../../core/live/collection';
import { images } from '../../images/images';
import { poolPath, pools, volumes } from '../../storage/storage';
import { addDisk } from '../actions/addDisk';
import { attachVolumeToVm } from '../actions/attachVolume';
import { detachDisk } from '../actions/detachDisk';
import { editDisk } from '../actions/editDisk';
import { growDisk } from '../actions/growDisk';
import { moveDisk } from '../actions/moveDisk';
import { diskRows, originOf, type DiskRow } from './diskRow';
import { bootsFrom } from './diskRules';
import { limitsOf } from './tuningEdit';

/** What the VM has as disks, and what can be done with them. */
export function DisksCard({ vm }: { vm: Vm }) {
  const poolList = useList(pools).data ?? [];
  const imageList = useList(images).data ?? [];
  const read = useQueries({ queries: vm.disks.map((disk) => itemOptions(volumes, disk.volumeId)) });
  const rows = diskRows(
    vm,
    read.map(({ data }) => data),
  );
  const poolName = (id: string): string => poolList.find((pool) => pool.id === id)?.name ?? '–';
  const columns: readonly Column<DiskRow>[] = [
    {
      label: 'Volume',
      cell: ({ name, disk }) => (
        <>
          <Truncated text={name} />
          <Remark text={bootsFrom(vm, disk.volumeId) ? 'The VM boots from it' : undefined} />
          <Remark text={limitsOf(disk)} />
        </>
      ),
      width: 20,
    },
    { label: 'Size', cell: ({ sizeBytes }) => formatBytes(sizeBytes), width: 10 },
    { label: 'Target', cell: ({ disk }) => <span className="lqx-mono">{disk.target ?? '–'}</span>, width: 10 },
    { label: 'Access', cell: ({ disk }) => (disk.readOnly ? 'Read only' : 'Read and write'), width: 10 },
    { label: 'Origin', cell: ({ disk }) => <Truncated text={originOf(disk, imageList)} />, width: 15 },
    {
      label: 'Pool',
      cell: ({ disk }) => <Truncated text={poolName(disk.poolId)} to={poolPath(disk.poolId)} />,
      width: 10,
    },
    {
      label: 'Actions',
      hidden: true,
      className: 'lqx-buttons-column',
      cell: (row) => (
        <div className="lqx-buttons">
          <ActionButton target={row} action={growDisk} variant="link" />
          <ActionButton target={row} action={editDisk} variant="link" />
          <ActionButton target={row} action={moveDisk} variant="link" />
          <ActionButton target={row} action={detachDisk} variant="link" />
        </div>
      ),
    },
  ];
  return (
    <Facts
      title="Disks"
      facts={[]}
      actions={
        <div className="lqx-actions">
          <ActionButton target={vm} action={addDisk} />
          <ActionButton target={vm} action={attachVolumeToVm} />
        </div>
      }
    >
      <DataTable
        label="Disks"
        rows={rows}
        columns={columns}
        rowKey={({ disk }) => disk.volumeId}
        unsorted
        nothing="No disks"
      />
    </Facts>
  );
}
