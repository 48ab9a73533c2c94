import { MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import { AdjustIcon, MoonIcon, SunIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { chooseTheme, useThemeChoice, type ThemeChoice } from './theme';

const CHOICES: readonly { value: ThemeChoice; label: string; icon: React.ReactNode }[] = [
  { value: 'system', label: 'As the system', icon: <AdjustIcon /> },
  { value: 'light', label: 'Light', icon: <SunIcon /> },
  { value: 'dark', label: 'Dark', icon: <MoonIcon /> },
];

export function ThemeMenu() {
  const [open, setOpen] = useState(false);
  const choice = useThemeChoice();
  const current = CHOICES.find((candidate) => candidate.value === choice);
  return (
    <Select
      isOpen={open}
      onOpenChange={setOpen}
      selected={choice}
      onSelect={(_event, value) => {
        chooseTheme(value as ThemeChoice);
        setOpen(false);
      }}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="plain"
          isExpanded={open}
          aria-label={`Theme: ${current?.label ?? ''}`}
          onClick={() => setOpen(!open)}
        >
          {current?.icon}
        </MenuToggle>
      )}
    >
      <SelectList aria-label="Theme">
        {CHOICES.map(({ value, label, icon }) => (
          <SelectOption key={value} value={value} icon={icon}>
            {label}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}
