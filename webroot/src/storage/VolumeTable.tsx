import { useState } from 'react';
import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Pool, Vm, Volume } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { DataTable, type Column } from '../core/layout/DataTable';
import { SearchBar } from '../core/layout/SearchBar';
import { matches } from '../core/layout/sort';
import { StateLabel, type Tone } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { deleteVolume } from './actions/deleteVolume';
import { growVolume } from './actions/growVolume';

const ACTIONS = [growVolume, deleteVolume];
const STATES: Record<Volume['state'], { text: string; tone: Tone; busy?: boolean }> = {
  CREATING: { text: 'Creating', tone: 'info', busy: true },
  READY: { text: 'Ready', tone: 'success' },
  DELETING: { text: 'Deleting', tone: 'warning', busy: true },
};

interface Props {
  volumes: readonly Volume[];
  pools: readonly Pool[];
  vms: readonly Vm[];
}

export function VolumeTable({ volumes, pools, vms }: Props) {
  const [search, setSearch] = useState('');
  const poolName = (volume: Volume): string => pools.find((pool) => pool.id === volume.poolId)?.name ?? '–';
  const vmName = (volume: Volume): string => {
    if (!volume.vmId) return '–';
    return vms.find((vm) => vm.id === volume.vmId)?.name ?? volume.vmId;
  };
  const columns: readonly Column<Volume>[] = [
    { label: 'Name', cell: (volume) => <Truncated text={volume.name} />, sortBy: (volume) => volume.name, width: 25 },
    {
      label: 'State',
      cell: (volume) => <StateLabel {...STATES[volume.state]} />,
      sortBy: (volume) => volume.state,
      width: 15,
    },
    { label: 'Size', cell: (volume) => formatBytes(volume.sizeBytes), sortBy: (volume) => volume.sizeBytes, width: 10 },
    {
      label: 'On disk',
      cell: (volume) => formatBytes(volume.allocatedBytes),
      sortBy: (volume) => volume.allocatedBytes,
      width: 15,
    },
    { label: 'Pool', cell: (volume) => <Truncated text={poolName(volume)} />, sortBy: poolName, width: 15 },
    {
      label: 'VM',
      cell: (volume) => <Truncated text={vmName(volume)} {...(volume.vmId ? { to: `/vms/${volume.vmId}` } : {})} />,
      sortBy: vmName,
      width: 20,
    },
    {
      label: 'Actions',
      hidden: true,
      cell: (volume) => <ActionsMenu target={volume} name={volume.name} actions={ACTIONS} />,
    },
  ];
  const found = volumes.filter((volume) => matches(search, volume.name, poolName(volume), vmName(volume)));
  return (
    <>
      <SearchBar
        label="Find by name, pool or VM"
        value={search}
        onChange={setSearch}
        count={`${found.length} of ${volumes.length}`}
      />
      <DataTable label="Volumes" rows={found} columns={columns} rowKey={(volume) => volume.id} />
    </>
  );
}
