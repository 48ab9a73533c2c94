import { ToggleGroup, ToggleGroupItem, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { ActionsMenu } from '../../core/actions/ActionsMenu';
import type { Pool } from '../../core/api/types';
import { CapacityBar } from '../../core/layout/CapacityBar';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { SearchBar } from '../../core/layout/SearchBar';
import { matches } from '../../core/layout/sort';
import { Truncated } from '../../core/layout/Truncated';
import { driverName, poolPlace } from './drivers';
import { poolActions } from './actions';
import { PoolLabels } from './PoolLabels';
import { isShown, POOL_FILTERS, type PoolFilter } from './poolState';
import { poolPath } from '../storage';

const used = (pool: Pool): number => pool.capacityBytes - pool.freeBytes;

const COLUMNS: readonly Column<Pool>[] = [
  {
    label: 'Name',
    cell: (pool) => <Truncated text={pool.name} to={poolPath(pool.id)} />,
    sortBy: (pool) => pool.name,
    width: 15,
  },
  { label: 'State', cell: (pool) => <PoolLabels pool={pool} />, sortBy: (pool) => pool.state, width: 15 },
  { label: 'Type', cell: (pool) => driverName(pool.driver), sortBy: (pool) => driverName(pool.driver), width: 10 },
  { label: 'Place', cell: (pool) => <Truncated text={poolPlace(pool)} />, sortBy: poolPlace, width: 15 },
  {
    label: 'Used',
    cell: (pool) => (
      <CapacityBar label={`Used of ${pool.name}`} usedBytes={used(pool)} totalBytes={pool.capacityBytes} />
    ),
    sortBy: (pool) => (pool.capacityBytes === 0 ? 0 : used(pool) / pool.capacityBytes),
    width: 15,
  },
  {
    label: 'Hosts',
    cell: (pool) => (
      <span className="lqx-nowrap">
        {pool.hosts.filter((host) => host.usable).length} of {pool.hosts.length}
      </span>
    ),
    sortBy: (pool) => pool.hosts.length,
    width: 10,
  },
  { label: 'Volumes', cell: (pool) => pool.volumeCount, sortBy: (pool) => pool.volumeCount, width: 10 },
  {
    label: 'Actions',
    hidden: true,
    cell: (pool) => <ActionsMenu target={pool} name={pool.name} actions={poolActions} />,
  },
];

export function PoolTable({ pools }: { pools: readonly Pool[] }) {
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<PoolFilter>('all');
  const found = pools.filter(
    (pool) => isShown(pool, filter) && matches(search, pool.name, driverName(pool.driver), poolPlace(pool)),
  );
  return (
    <>
      <SearchBar
        label="Find by name, type or place"
        value={search}
        onChange={setSearch}
        count={`${found.length} of ${pools.length}`}
      >
        <ToolbarItem>
          <ToggleGroup isCompact aria-label="Pools to show">
            {Object.entries(POOL_FILTERS).map(([key, label]) => (
              <ToggleGroupItem
                key={key}
                text={label}
                buttonId={`pools-${key}`}
                isSelected={filter === key}
                onChange={() => setFilter(key as PoolFilter)}
              />
            ))}
          </ToggleGroup>
        </ToolbarItem>
      </SearchBar>
      <DataTable label="Pools" rows={found} columns={COLUMNS} rowKey={(pool) => pool.id} />
    </>
  );
}
