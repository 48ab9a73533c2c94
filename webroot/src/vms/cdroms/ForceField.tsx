import { Checkbox } from '@patternfly/react-core';

interface Props {
  value: boolean;
  onChange: (value: boolean) => void;
}

export function ForceField({ value, onChange }: Props) {
  return (
    <Checkbox
      id="cdrom-force"
      label="Also when the guest has locked the drive"
      description="To the guest that is a disc that is torn out while it is read."
      isChecked={value}
      onChange={(_event, checked) => onChange(checked)}
    />
  );
}
