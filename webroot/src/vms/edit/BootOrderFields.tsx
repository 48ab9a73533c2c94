import { FormGroup } from '@patternfly/react-core';
import type { Vm } from '../../core/api/types';
import { SelectField } from '../../core/form/fields';
import { FieldHint } from '../../core/layout/FieldHint';
import { bootDevices } from './settings';

interface Props {
  vm: Vm;
  order: readonly string[];
  error: string | undefined;
  onChange: (order: readonly string[]) => void;
}

const PLACES = ['first', 'second', 'third', 'fourth'];

/** What the VM boots from, one field for each place and one for the next. */
export function BootOrderFields({ vm, order, error, onChange }: Props) {
  const devices = bootDevices(vm);
  const shown = Math.min(order.length + 1, devices.length);
  const set = (place: number, value: string): void =>
    onChange(value === '' ? order.slice(0, place) : [...order.slice(0, place), value, ...order.slice(place + 1)]);
  return (
    <FormGroup role="group" isStack label="Boot order" fieldId="edit-vm-boot-0">
      {Array.from({ length: shown }, (_unused, place) => (
        <SelectField
          key={place}
          id={`edit-vm-boot-${place}`}
          label={`Boot ${PLACES[place] ?? `as number ${place + 1}`} from`}
          value={order[place] ?? ''}
          choices={[
            { value: '', label: place === 0 ? 'Automatic' : 'Nothing more' },
            ...devices.filter(({ value }) => value === order[place] || !order.includes(value)),
          ]}
          onChange={(value) => set(place, value)}
        />
      ))}
      <FieldHint id="edit-vm-boot-hint" error={error}>
        Another order takes effect when the VM is next started.
      </FieldHint>
    </FormGroup>
  );
}
