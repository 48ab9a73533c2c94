import { Button, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { formatCount } from '../../core/format/count';
import type { Chosen } from './useChosen';

interface Props {
  chosen: Chosen;
  onAdopt: () => void;
}

/** What can be done with all domains that are ticked. */
export function AdoptBar({ chosen: { able, selected, onChange }, onAdopt }: Props) {
  const all = able.length === selected.length;
  return (
    <Toolbar inset={{ default: 'insetNone' }} aria-label="Selected virtual machines">
      <ToolbarContent alignItems="center">
        <ToolbarItem>
          <span role="status">
            {formatCount(selected.length)} of {formatCount(able.length)} that can be adopted selected
          </span>
        </ToolbarItem>
        <ToolbarItem>
          <Button size="sm" variant="secondary" isAriaDisabled={selected.length === 0} onClick={onAdopt}>
            {selected.length === 0 ? 'Adopt…' : `Adopt ${formatCount(selected.length)}…`}
          </Button>
        </ToolbarItem>
        {!all && (
          <ToolbarItem>
            <Button size="sm" variant="link" onClick={() => onChange(able, true)}>
              Select all {formatCount(able.length)}
            </Button>
          </ToolbarItem>
        )}
        {selected.length > 0 && (
          <ToolbarItem>
            <Button size="sm" variant="link" onClick={() => onChange(selected, false)}>
              Clear
            </Button>
          </ToolbarItem>
        )}
      </ToolbarContent>
    </Toolbar>
  );
}
