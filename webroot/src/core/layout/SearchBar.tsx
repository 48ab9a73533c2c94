import { SearchInput, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** How many there are, as "3 of 12". */
  count?: string | undefined;
  children?: ReactNode;
}

export function SearchBar({ label, value, onChange, count, children }: Props) {
  return (
    <Toolbar inset={{ default: 'insetNone' }}>
      <ToolbarContent>
        <ToolbarItem>
          <SearchInput
            className="lqx-search"
            aria-label={label}
            placeholder={label}
            value={value}
            onChange={(_event, next) => onChange(next)}
            onClear={() => onChange('')}
          />
        </ToolbarItem>
        {children}
        {count && (
          <ToolbarItem align={{ default: 'alignEnd' }} alignSelf="center">
            <span role="status" className="lqx-subtle">
              {count}
            </span>
          </ToolbarItem>
        )}
      </ToolbarContent>
    </Toolbar>
  );
}
