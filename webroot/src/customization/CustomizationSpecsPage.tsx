import { Button } from '@patternfly/react-core';
import { ClipboardListIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { CustomizationSpec } from '../core/api/types';
import { DataTable, type Column } from '../core/layout/DataTable';
import { NothingYet } from '../core/layout/NothingYet';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { SearchBar } from '../core/layout/SearchBar';
import { matches } from '../core/layout/sort';
import { Truncated } from '../core/layout/Truncated';
import { useList } from '../core/live/collection';
import { specContents, specSummary } from '../vms/create/spec';
import { specActions } from './actions';
import { CreateSpecModal } from './SpecModals';
import { GUESTS, specs } from './specs';

const COLUMNS: readonly Column<CustomizationSpec>[] = [
  { label: 'Name', cell: ({ name }) => <Truncated text={name} />, sortBy: ({ name }) => name, width: 20 },
  { label: 'For', cell: ({ kind }) => GUESTS[kind], sortBy: ({ kind }) => GUESTS[kind], width: 10 },
  {
    label: 'Host name',
    cell: ({ hostNamePattern }) => <Truncated text={hostNamePattern} />,
    sortBy: ({ hostNamePattern }) => hostNamePattern,
    width: 20,
  },
  { label: 'Sets', cell: (spec) => <Truncated text={specContents(spec)} />, width: 25 },
  {
    label: 'Description',
    cell: ({ description }) => <Truncated text={description} />,
    sortBy: ({ description }) => description,
    width: 15,
  },
  {
    label: 'Actions',
    hidden: true,
    cell: (spec) => <ActionsMenu target={spec} name={spec.name} actions={specActions} />,
  },
];

function SpecTable({ list }: { list: readonly CustomizationSpec[] }) {
  const [search, setSearch] = useState('');
  const found = list.filter((spec) => matches(search, spec.name, spec.description, specSummary(spec)));
  return (
    <>
      <SearchBar
        label="Find by name, description or what is set"
        value={search}
        onChange={setSearch}
        count={`${found.length} of ${list.length}`}
      />
      <DataTable label="Customization specs" rows={found} columns={COLUMNS} rowKey={({ id }) => id} />
    </>
  );
}

/** How guests are set up, kept to be used again. */
export function CustomizationSpecsPage() {
  const query = useList(specs);
  const [creating, setCreating] = useState(false);
  const list = query.data ?? [];
  const create = <Button onClick={() => setCreating(true)}>Create customization spec</Button>;
  return (
    <Page title="Customization specs" actions={list.length > 0 ? create : undefined}>
      <QueryState query={query} what="customization specs">
        {() =>
          list.length > 0 ? (
            <SpecTable list={list} />
          ) : (
            <NothingYet
              icon={ClipboardListIcon}
              title="No customization specs yet"
              body="A customization spec keeps how guests are set up: host name, account, keys, packages and commands. New virtual machines and clones are set up by it."
              action={create}
            />
          )
        }
      </QueryState>
      {creating && <CreateSpecModal onClose={() => setCreating(false)} />}
    </Page>
  );
}
