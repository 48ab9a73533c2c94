import { MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import { ColumnsIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { CHOICES, type Choice } from './columns';

interface Props {
  chosen: readonly Choice[];
  onChange: (chosen: readonly Choice[]) => void;
}

/** Which columns are shown. */
export function ColumnsMenu({ chosen, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const change = (choice: Choice): void =>
    onChange(chosen.includes(choice) ? chosen.filter((one) => one !== choice) : [...chosen, choice]);
  return (
    <Select
      role="menu"
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={(_event, choice) => change(choice as Choice)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle ref={ref} icon={<ColumnsIcon />} isExpanded={open} onClick={() => setOpen(!open)}>
          Columns
        </MenuToggle>
      )}
    >
      <SelectList aria-label="Columns">
        {CHOICES.map((choice) => (
          <SelectOption key={choice} value={choice} hasCheckbox isSelected={chosen.includes(choice)}>
            {choice}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}
