import { FormGroup } from '@patternfly/react-core';
import { SelectField } from '../../core/form/fields';
import { FieldHint } from '../../core/layout/FieldHint';
import type { Device } from '../create/devices';

interface Props {
  /** Of the fields, as in `vm-boot`. */
  id: string;
  /** What there is to boot from. */
  devices: readonly Device[];
  hint: string;
  order: readonly string[];
  error: string | undefined;
  onChange: (order: readonly string[]) => void;
}

const PLACES = ['first', 'second', 'third', 'fourth'];

/** The order with the device at this place; where it had another one, the two change places. */
export function put(order: readonly string[], place: number, device: string): readonly string[] {
  const before = order.indexOf(device);
  const there = order[place];
  const swapped = before < 0 ? order : there === undefined ? order.toSpliced(before, 1) : order.with(before, there);
  return swapped.toSpliced(place, 1, device);
}

/** What the VM boots from, one field for each place and one for the next. */
export function BootOrderFields({ id, devices, order, error, hint, onChange }: Props) {
  const shown = Math.min(order.length + 1, devices.length);
  const set = (place: number, value: string): void =>
    onChange(value === '' ? order.slice(0, place) : put(order, place, value));
  return (
    <FormGroup role="group" isStack label="Boot order" fieldId={`${id}-0`}>
      {Array.from({ length: shown }, (_unused, place) => (
        <SelectField
          key={place}
          id={`${id}-${place}`}
          label={`Boot ${PLACES[place] ?? `as number ${place + 1}`} from`}
          value={order[place] ?? ''}
          choices={[
            { value: '', label: place === 0 ? 'Automatic' : 'Nothing more' },
            ...(place < order.length ? devices : devices.filter(({ value }) => !order.includes(value))),
          ]}
          onChange={(value) => set(place, value)}
        />
      ))}
      <FieldHint id={`${id}-hint`} error={error}>
        {hint}
      </FieldHint>
    </FormGroup>
  );
}
