import { FormSelect, FormSelectOption, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { ActionsMenu } from '../../core/actions/ActionsMenu';
import { formatBytes } from '../../core/format/bytes';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { Remark } from '../../core/layout/Remark';
import { SearchBar } from '../../core/layout/SearchBar';
import { matches } from '../../core/layout/sort';
import { StateLabel } from '../../core/layout/StateLabel';
import { Truncated } from '../../core/layout/Truncated';
import { poolPath } from '../storage';
import { volumeActions } from './actions';
import {
  isLinked,
  isShown,
  userName,
  VOLUME_FILTERS,
  VOLUME_STATES,
  type VolumeFilter,
  type VolumeRow,
} from './volumeState';
import { VolumeUsers } from './VolumeUsers';

const poolName = ({ pool }: VolumeRow): string => pool?.name ?? '–';
const vmNames = ({ users }: VolumeRow): string => users.map(userName).join(' ');

const NAME: Column<VolumeRow> = {
  label: 'Name',
  cell: (row) => (
    <>
      <Truncated text={row.volume.name} />
      <Remark text={isLinked(row) ? 'Shares blocks with its origin' : undefined} />
      <Remark text={row.volume.shareable ? 'Several VMs may have it' : undefined} />
    </>
  ),
  sortBy: ({ volume }) => volume.name,
  width: 20,
};
const POOL: Column<VolumeRow> = {
  label: 'Pool',
  cell: (row) => <Truncated text={poolName(row)} {...(row.pool ? { to: poolPath(row.pool.id) } : {})} />,
  sortBy: poolName,
  width: 15,
};
const REST: readonly Column<VolumeRow>[] = [
  {
    label: 'State',
    cell: ({ volume }) => <StateLabel {...VOLUME_STATES[volume.state]} />,
    sortBy: ({ volume }) => volume.state,
    width: 15,
  },
  {
    label: 'Size',
    cell: ({ volume }) => formatBytes(volume.sizeBytes),
    sortBy: ({ volume }) => volume.sizeBytes,
    width: 10,
  },
  {
    label: 'On disk',
    cell: ({ volume }) => formatBytes(volume.allocatedBytes),
    sortBy: ({ volume }) => volume.allocatedBytes,
    width: 10,
  },
  {
    label: 'Snapshots',
    cell: ({ volume }) => volume.snapshotCount,
    sortBy: ({ volume }) => volume.snapshotCount,
    width: 10,
  },
];
const VM: Column<VolumeRow> = {
  label: 'VM',
  cell: ({ users }) => <VolumeUsers users={users} />,
  sortBy: vmNames,
  width: 15,
};
const ACTIONS: Column<VolumeRow> = {
  label: 'Actions',
  hidden: true,
  cell: (row) => <ActionsMenu target={row} name={row.volume.name} actions={volumeActions} />,
};

const ALL = [NAME, ...REST, POOL, VM, ACTIONS];
const OF_ONE_POOL = [NAME, ...REST, VM, ACTIONS];

interface Props {
  rows: readonly VolumeRow[];
  /** Whether they are all of one pool, which is known from the page. */
  ofOnePool: boolean;
}

export function VolumeTable({ rows, ofOnePool }: Props) {
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<VolumeFilter>('all');
  const found = rows.filter(
    (row) => isShown(row, filter) && matches(search, row.volume.name, ofOnePool ? '' : poolName(row), vmNames(row)),
  );
  return (
    <>
      <SearchBar
        label={ofOnePool ? 'Find by name or VM' : 'Find by name, pool or VM'}
        value={search}
        onChange={setSearch}
        count={`${found.length} of ${rows.length}`}
      >
        <ToolbarItem>
          <FormSelect
            aria-label="Volumes to show"
            value={filter}
            onChange={(_event, next) => setFilter(next as VolumeFilter)}
          >
            {Object.entries(VOLUME_FILTERS).map(([key, label]) => (
              <FormSelectOption key={key} value={key} label={label} />
            ))}
          </FormSelect>
        </ToolbarItem>
      </SearchBar>
      <DataTable
        label="Volumes"
        rows={found}
        columns={ofOnePool ? OF_ONE_POOL : ALL}
        rowKey={({ volume }) => volume.id}
      />
    </>
  );
}
