import { useState } from 'react';
import { ServerIcon } from '@patternfly/react-icons';
import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { Vm } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { DataTable, type Column } from '../core/layout/DataTable';
import { LinkButton } from '../core/layout/LinkButton';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { SearchBar } from '../core/layout/SearchBar';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { matches } from '../core/layout/sort';
import { useList } from '../core/live/collection';
import { vmActions } from './actions';
import { addressesOf, vmPath, vms } from './vms';
import { vmState } from './vmState';

const COLUMNS: readonly Column<Vm>[] = [
  { label: 'Name', cell: (vm) => <Truncated text={vm.name} to={vmPath(vm.id)} />, sortBy: (vm) => vm.name, width: 25 },
  {
    label: 'State',
    cell: (vm) => <StateLabel {...vmState(vm)} title={vm.problem ?? vm.stateReason} />,
    sortBy: (vm) => vmState(vm).text,
    width: 15,
  },
  { label: 'Address', cell: (vm) => <Truncated text={addressesOf(vm)[0] ?? '–'} />, width: 15 },
  { label: 'vCPUs', cell: (vm) => vm.vcpus, sortBy: (vm) => vm.vcpus },
  { label: 'Memory', cell: (vm) => formatBytes(vm.memoryBytes), sortBy: (vm) => vm.memoryBytes },
  {
    label: 'Host',
    cell: (vm) => <Truncated text={vm.hostName ?? '–'} {...(vm.hostId ? { to: `/hosts/${vm.hostId}` } : {})} />,
    sortBy: (vm) => vm.hostName ?? '',
    width: 15,
  },
  {
    label: 'Actions',
    hidden: true,
    cell: (vm) => <ActionsMenu target={vm} name={vm.name} actions={vmActions} />,
  },
];

function VmTable({ rows }: { rows: readonly Vm[] }) {
  const [search, setSearch] = useState('');
  const found = rows.filter((vm) => matches(search, vm.name, vm.hostName, ...addressesOf(vm)));
  return (
    <>
      <SearchBar
        label="Find by name, address or host"
        value={search}
        onChange={setSearch}
        count={`${found.length} of ${rows.length}`}
      />
      <DataTable label="Virtual machines" rows={found} columns={COLUMNS} rowKey={(vm) => vm.id} />
    </>
  );
}

export function VmListPage() {
  const query = useList(vms);
  const create = <LinkButton to="/vms/new">Create VM</LinkButton>;
  return (
    <Page title="Virtual machines" actions={query.data && query.data.length > 0 ? create : undefined}>
      <QueryState query={query} what="virtual machines">
        {(rows) =>
          rows.length > 0 ? (
            <VmTable rows={rows} />
          ) : (
            <NothingYet
              icon={ServerIcon}
              title="No virtual machines yet"
              body="Create the first one from an image of your library."
              action={create}
            />
          )
        }
      </QueryState>
    </Page>
  );
}
