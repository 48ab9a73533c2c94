import { ToggleGroup, ToggleGroupItem, ToolbarItem } from '@patternfly/react-core';
import { TASK_FILTERS, type TaskFilter } from './filter';

interface Props {
  value: TaskFilter;
  onChange: (value: TaskFilter) => void;
}

/** Which tasks, by how they are. */
export function TaskFilterGroup({ value: chosen, onChange }: Props) {
  return (
    <ToolbarItem>
      <ToggleGroup aria-label="Which tasks">
        {TASK_FILTERS.map(({ value, label }) => (
          <ToggleGroupItem
            key={value}
            buttonId={`tasks-${value}`}
            text={label}
            isSelected={value === chosen}
            onChange={() => onChange(value)}
          />
        ))}
      </ToggleGroup>
    </ToolbarItem>
  );
}
