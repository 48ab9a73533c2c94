import { FormSelect, FormSelectOption, ToolbarItem } from '@patternfly/react-core';

interface Props {
  label: string;
  /** What is chosen when nothing is left out. */
  all: string;
  value: string;
  choices: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

/** One filter of a toolbar. */
export function FilterSelect({ label, all, value, choices, onChange }: Props) {
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
