import { Checkbox, FormGroup } from '@patternfly/react-core';
import { NumberField } from '../../core/form/fields';
import type { TypedStart } from './settings';

interface Props {
  start: TypedStart;
  errorOf: (field: string) => string | undefined;
  onChange: (start: TypedStart) => void;
}

/** Whether, when and how a VM starts with its host. */
export function AutostartFields({ start, errorOf, onChange }: Props) {
  const edit = (change: Partial<TypedStart>): void => onChange({ ...start, ...change });
  return (
    <>
      <FormGroup role="group" label="Autostart" fieldId="edit-vm-autostart">
        <Checkbox
          id="edit-vm-autostart"
          label="Start when the host was booted"
          isChecked={start.on}
          onChange={(_event, on) => edit({ on })}
        />
      </FormGroup>
      {start.on && (
        <>
          <NumberField
            id="edit-vm-start-order"
            label="Place in the order"
            min={1}
            max={9999}
            value={start.order}
            error={errorOf('autostart.order')}
            hint="Smaller ones start first; those with the same one in the order of their names."
            onChange={(order) => edit({ order })}
          />
          <NumberField
            id="edit-vm-start-delay"
            label="The next VM waits"
            unit="s"
            min={0}
            max={3600}
            value={start.delaySeconds}
            error={errorOf('autostart.delaySeconds')}
            onChange={(delaySeconds) => edit({ delaySeconds })}
          />
          <Checkbox
            id="edit-vm-start-agent"
            label="Not longer than until the agent in its guest answers"
            isChecked={start.untilAgent}
            onChange={(_event, untilAgent) => edit({ untilAgent })}
          />
        </>
      )}
    </>
  );
}
