import { Radio } from '@patternfly/react-core';
import { useState } from 'react';
import { DataTable, type Column } from '../layout/DataTable';
import { SearchBar } from '../layout/SearchBar';
import { matches, sortRows } from '../layout/sort';
import { Truncated } from '../layout/Truncated';

export interface ChoiceRow<T> {
  id: string;
  name: string;
  thing: T;
  /** Why it cannot be chosen; undefined where it can. */
  reason: string | undefined;
  /** What to know before it is chosen. */
  remark?: string | undefined;
}

interface Props<T> {
  /** What there is to choose from, as "Volumes". */
  label: string;
  /** The heading of the names, as "Volume". */
  heading: string;
  searchLabel: string;
  rows: readonly ChoiceRow<T>[];
  columns: readonly Column<ChoiceRow<T>>[];
  /** Said where there are none at all. */
  nothing: string;
  chosen: string;
  onChoose: (id: string) => void;
}

/** One of many things, to be searched for; those that cannot be chosen come last and say why. */
export function ChoiceTable<T>(props: Props<T>) {
  const { label, heading, searchLabel, rows, columns, nothing, chosen, onChoose } = props;
  const [search, setSearch] = useState('');
  // What is chosen stays in sight.
  const found = rows.filter((row) => row.id === chosen || matches(search, row.name));
  const byName = sortRows(found, (row) => row.name, false);
  const ordered = [
    ...byName.filter((row) => row.reason === undefined),
    ...byName.filter((row) => row.reason !== undefined),
  ];
  const name: Column<ChoiceRow<T>> = {
    label: heading,
    cell: (row) => (
      <Radio
        id={`choice-${row.id}`}
        name={`choice-${label}`}
        className="lqx-choice"
        label={<Truncated text={row.name} />}
        description={row.reason ?? row.remark}
        isDisabled={row.reason !== undefined}
        isChecked={row.id === chosen}
        onChange={() => onChoose(row.id)}
      />
    ),
  };
  return (
    <div>
      {rows.length > 0 && (
        <SearchBar
          label={searchLabel}
          value={search}
          onChange={setSearch}
          count={`${ordered.length} of ${rows.length}`}
        />
      )}
      <div className="lqx-choices">
        <DataTable
          label={label}
          rows={ordered}
          columns={[name, ...columns]}
          rowKey={(row) => row.id}
          unsorted
          {...(rows.length === 0 ? { nothing } : {})}
        />
      </div>
    </div>
  );
}
