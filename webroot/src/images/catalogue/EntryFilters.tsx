import { FilterSelect } from '../../core/layout/FilterSelect';
import { SearchBar } from '../../core/layout/SearchBar';
import { KINDS, valuesOf, type EntryFilter, type EntryRow } from './entryRow';

interface Props {
  rows: readonly EntryRow[];
  shown: number;
  filter: EntryFilter;
  onChange: (filter: EntryFilter) => void;
}

export function EntryFilters({ rows, shown, filter, onChange }: Props) {
  const same = (value: string): readonly [string, string] => [value, value];
  return (
    <SearchBar
      label="Find in the catalogue"
      value={filter.search}
      onChange={(search) => onChange({ ...filter, search })}
      count={`${shown} of ${rows.length}`}
    >
      <FilterSelect
        label="Distribution"
        all="All distributions"
        value={filter.distribution}
        choices={valuesOf(rows, 'distribution').map(same)}
        onChange={(distribution) => onChange({ ...filter, distribution })}
      />
      <FilterSelect
        label="Kind"
        all="All kinds"
        value={filter.kind}
        choices={Object.entries(KINDS)}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      <FilterSelect
        label="Architecture"
        all="All architectures"
        value={filter.architecture}
        choices={valuesOf(rows, 'architecture').map(same)}
        onChange={(architecture) => onChange({ ...filter, architecture })}
      />
    </SearchBar>
  );
}
