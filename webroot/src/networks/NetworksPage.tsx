import { Button } from '@patternfly/react-core';
import { NetworkIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Network } from '../core/api/types';
import { DataTable, type Column } from '../core/layout/DataTable';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { SearchBar } from '../core/layout/SearchBar';
import { matches } from '../core/layout/sort';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { useList } from '../core/live/collection';
import { networkActions } from './actions';
import { CreateNetworkModal } from './CreateNetworkModal';
import { KINDS, networkPlace, networkState } from './networkState';
import { networkPath, networks } from './networks';

const COLUMNS: readonly Column<Network>[] = [
  {
    label: 'Name',
    cell: (network) => <Truncated text={network.name} to={networkPath(network.id)} />,
    sortBy: (network) => network.name,
    width: 20,
  },
  {
    label: 'State',
    cell: (network) => <StateLabel {...networkState(network)} />,
    sortBy: (network) => network.state,
    width: 15,
  },
  { label: 'Type', cell: ({ kind }) => KINDS[kind], sortBy: ({ kind }) => KINDS[kind], width: 15 },
  { label: 'Where', cell: (network) => <Truncated text={networkPlace(network)} />, sortBy: networkPlace, width: 20 },
  {
    label: 'Hosts',
    cell: ({ hosts }) => (
      <span className="lqx-nowrap">
        {hosts.filter(({ state }) => state === 'READY').length} of {hosts.length}
      </span>
    ),
    sortBy: ({ hosts }) => hosts.length,
    width: 10,
  },
  { label: 'Cards', cell: ({ nicCount }) => nicCount, sortBy: ({ nicCount }) => nicCount, width: 10 },
  {
    label: 'Actions',
    hidden: true,
    cell: (network) => <ActionsMenu target={network} name={network.name} actions={networkActions} />,
  },
];

function NetworkTable({ list }: { list: readonly Network[] }) {
  const [search, setSearch] = useState('');
  const found = list.filter((network) => matches(search, network.name, KINDS[network.kind], networkPlace(network)));
  return (
    <>
      <SearchBar
        label="Find by name, type or place"
        value={search}
        onChange={setSearch}
        count={`${found.length} of ${list.length}`}
      />
      <DataTable label="Networks" rows={found} columns={COLUMNS} rowKey={(network) => network.id} />
    </>
  );
}

export function NetworksPage() {
  const query = useList(networks);
  const [creating, setCreating] = useState(false);
  const list = query.data ?? [];
  const create = <Button onClick={() => setCreating(true)}>Create network</Button>;
  return (
    <Page title="Networks" actions={list.length > 0 ? create : undefined}>
      <QueryState query={query} what="networks">
        {() =>
          list.length > 0 ? (
            <NetworkTable list={list} />
          ) : (
            <NothingYet
              icon={NetworkIcon}
              title="No networks yet"
              body="Network cards of virtual machines are on networks: bridges of the hosts, or networks that hosts make."
              action={create}
            />
          )
        }
      </QueryState>
      {creating && <CreateNetworkModal onClose={() => setCreating(false)} />}
    </Page>
  );
}
