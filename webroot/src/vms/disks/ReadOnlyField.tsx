import { Checkbox } from '@patternfly/react-core';

interface Props {
  value: boolean;
  onChange: (value: boolean) => void;
}

export function ReadOnlyField({ value, onChange }: Props) {
  return (
    <Checkbox
      id="attach-read-only"
      label="Read only"
      description="The guest can read what is on it and change nothing."
      isChecked={value}
      onChange={(_event, checked) => onChange(checked)}
    />
  );
}
