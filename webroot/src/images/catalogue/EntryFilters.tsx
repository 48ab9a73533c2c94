import { FormSelect, FormSelectOption, ToolbarItem } from '@patternfly/react-core';
import { SearchBar } from '../../core/layout/SearchBar';
import { KINDS, valuesOf, type EntryFilter, type EntryRow } from './entryRow';

interface SelectProps {
  label: string;
  /** What is chosen when nothing is left out. */
  all: string;
  value: string;
  choices: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

function Select({ label, all, value, choices, onChange }: SelectProps) {
  return (
    <ToolbarItem>
      <FormSelect className="lqx-filter" aria-label={label} value={value} onChange={(_event, next) => onChange(next)}>
        <FormSelectOption value="" label={all} />
        {choices.map(([choice, text]) => (
          <FormSelectOption key={choice} value={choice} label={text} />
        ))}
      </FormSelect>
    </ToolbarItem>
  );
}

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
      <Select
        label="Distribution"
        all="All distributions"
        value={filter.distribution}
        choices={valuesOf(rows, 'distribution').map(same)}
        onChange={(distribution) => onChange({ ...filter, distribution })}
      />
      <Select
        label="Kind"
        all="All kinds"
        value={filter.kind}
        choices={Object.entries(KINDS)}
        onChange={(kind) => onChange({ ...filter, kind })}
      />
      <Select
        label="Architecture"
        all="All architectures"
        value={filter.architecture}
        choices={valuesOf(rows, 'architecture').map(same)}
        onChange={(architecture) => onChange({ ...filter, architecture })}
      />
    </SearchBar>
  );
}
