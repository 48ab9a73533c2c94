import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { useState } from 'react';
import { COMBINATIONS, type Combination } from './keys';

/** Keys that a browser or a desktop would keep for itself. */
export function SendKeysMenu({ isDisabled, onSend }: { isDisabled: boolean; onSend: (keys: Combination) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      onSelect={() => setOpen(false)}
      toggle={(ref) => (
        <MenuToggle ref={ref} size="sm" isExpanded={open} isDisabled={isDisabled} onClick={() => setOpen(!open)}>
          Send keys
        </MenuToggle>
      )}
    >
      <DropdownList>
        {COMBINATIONS.map((combination) => (
          <DropdownItem key={combination.label} onClick={() => onSend(combination)}>
            {combination.label}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  );
}
