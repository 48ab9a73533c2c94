import { Grid, GridItem } from '@patternfly/react-core';
import { useParams } from 'react-router';
import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Network, NetworkOnHost, Vm } from '../core/api/types';
import { formatAgo, formatTime } from '../core/format/time';
import { DataTable, type Column } from '../core/layout/DataTable';
import { Facts, type Fact } from '../core/layout/Facts';
import { isGone } from '../core/layout/gone';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { Remark } from '../core/layout/Remark';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { useItem, useList } from '../core/live/collection';
import { vmPath, vms } from '../vms/vms';
import { networkActions } from './actions';
import { LeasesCard } from './LeasesCard';
import { KINDS, networkPlace, networkState, onHostState } from './networkState';
import { networks } from './networks';

const PARENT = { label: 'Networks', to: '/networks' };

const hostOf = (host: NetworkOnHost): string => host.hostName ?? host.hostId;

const HOSTS: readonly Column<NetworkOnHost>[] = [
  {
    label: 'Host',
    cell: (host) => <Truncated text={hostOf(host)} to={`/hosts/${host.hostId}`} />,
    sortBy: hostOf,
    width: 30,
  },
  {
    label: 'State',
    cell: (host) => (
      <>
        <StateLabel {...onHostState(host)} />
        <Remark danger text={host.problem} />
      </>
    ),
    sortBy: ({ state }) => state,
    width: 50,
  },
  { label: 'Since', cell: ({ since }) => <span title={formatTime(since)}>{formatAgo(since)}</span>, width: 20 },
];

const VMS: readonly Column<Vm>[] = [
  { label: 'Virtual machine', cell: (vm) => <Truncated text={vm.name} to={vmPath(vm.id)} />, sortBy: (vm) => vm.name },
  { label: 'Host', cell: (vm) => <Truncated text={vm.hostName ?? '–'} />, sortBy: (vm) => vm.hostName ?? '' },
];

function facts(network: Network): readonly Fact[] {
  const { dhcpFirst, dhcpLast } = network;
  return [
    ...(network.description === '' ? [] : [{ term: 'Description', value: network.description }]),
    { term: 'Type', value: KINDS[network.kind] },
    { term: 'Where', value: networkPlace(network) },
    ...(network.subnet === undefined
      ? []
      : [{ term: 'Gives out', value: dhcpFirst && dhcpLast ? `${dhcpFirst} to ${dhcpLast}` : 'No addresses' }]),
    {
      term: 'False addresses',
      value: network.spoofProtection ? 'Dropped, unless a card says otherwise' : 'Let through',
    },
    { term: 'On', value: network.allHosts ? 'All hosts, also those that join later' : 'The hosts below' },
    { term: 'Created', value: formatTime(network.createdAt) },
  ];
}

function NetworkView({ network }: { network: Network }) {
  const users = (useList(vms).data ?? []).filter((vm) => vm.nics.some((nic) => nic.networkId === network.id));
  return (
    <Page
      title={network.name}
      parent={PARENT}
      beside={<StateLabel {...networkState(network)} />}
      actions={<ActionsMenu target={network} name={network.name} actions={networkActions} text="Actions" />}
    >
      <Grid hasGutter>
        <GridItem md={12} lg={6}>
          <Facts title="Network" facts={facts(network)} />
        </GridItem>
        <GridItem md={12} lg={6}>
          <Facts title="Hosts" facts={[]}>
            <DataTable
              label="Hosts of the network"
              rows={network.hosts}
              columns={HOSTS}
              rowKey={({ hostId }) => hostId}
              nothing="No hosts"
            />
          </Facts>
        </GridItem>
        <GridItem span={12}>
          <LeasesCard network={network} />
        </GridItem>
        <GridItem span={12}>
          <Facts title="Virtual machines" facts={[]}>
            <DataTable
              label="Virtual machines"
              rows={users}
              columns={VMS}
              rowKey={(vm) => vm.id}
              nothing="None has a card on it"
            />
          </Facts>
        </GridItem>
      </Grid>
    </Page>
  );
}

export function NetworkPage() {
  const { networkId = '' } = useParams();
  const query = useItem(networks, networkId);
  if (isGone(query.error)) {
    return (
      <Page title="Network" parent={PARENT}>
        <NothingYet title="There is no such network" body="It may have been deleted." />
      </Page>
    );
  }
  if (query.data) return <NetworkView network={query.data} />;
  return (
    <Page title="Network" parent={PARENT}>
      <QueryState query={query} what="network">
        {() => null}
      </QueryState>
    </Page>
  );
}
