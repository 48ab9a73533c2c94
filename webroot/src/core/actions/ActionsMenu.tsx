import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { EllipsisVIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import type { Action } from './action';
import { useActionRunner } from './useActionRunner';

interface Props<T> {
  target: T;
  /** What the target is called, for the accessible name: "Actions for NAME". */
  name: string;
  actions: readonly Action<T>[];
  /** A button with a text instead of three dots. */
  text?: string;
}

/** Every action of one thing; those that cannot be taken now say why. */
export function ActionsMenu<T>({ target, name, actions, text }: Props<T>) {
  const [open, setOpen] = useState(false);
  const { busy, start, dialog } = useActionRunner(target);
  return (
    <>
      <Dropdown
        isOpen={open}
        isScrollable
        maxMenuHeight="80vh"
        onOpenChange={setOpen}
        onSelect={() => setOpen(false)}
        popperProps={{ position: 'right', appendTo: () => document.body }}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            variant={text ? 'secondary' : 'plain'}
            isExpanded={open}
            isDisabled={busy}
            aria-label={`Actions for ${name}`}
            onClick={() => setOpen(!open)}
          >
            {text ?? <EllipsisVIcon />}
          </MenuToggle>
        )}
      >
        <DropdownList>
          {actions.map((action) => {
            const state = action.availability(target);
            return (
              <DropdownItem
                key={action.id}
                isDanger={state.available && (action.danger ?? false)}
                isAriaDisabled={!state.available}
                description={state.available ? undefined : state.reason}
                onClick={() => state.available && start(action)}
              >
                {action.label}
              </DropdownItem>
            );
          })}
        </DropdownList>
      </Dropdown>
      {dialog}
    </>
  );
}
