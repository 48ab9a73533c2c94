import { Form, FormGroup, Radio } from '@patternfly/react-core';
import type { Driver } from '../../../core/api/types';
import { TextField } from '../../../core/form/fields';
import { nameError } from '../../../core/form/names';
import { driverAbout, driverName } from '../drivers';
import type { PoolDraft } from './poolDraft';

interface Props {
  draft: PoolDraft;
  drivers: readonly Driver[];
  nameRefused: string | undefined;
  onChange: (change: Partial<PoolDraft>) => void;
}

export function TypeStep({ draft, drivers, nameRefused, onChange }: Props) {
  return (
    <Form onSubmit={(event) => event.preventDefault()}>
      <TextField
        id="pool-name"
        label="Name"
        required
        value={draft.name}
        error={(draft.name === '' ? undefined : nameError(draft.name)) ?? nameRefused}
        onChange={(name) => onChange({ name })}
      />
      <FormGroup label="Type" role="radiogroup" fieldId="pool-types" isStack>
        {drivers.map((driver) => (
          <Radio
            key={driver.name}
            id={`pool-type-${driver.name}`}
            name="pool-type"
            label={driverName(driver.name)}
            description={driverAbout(driver.name)}
            isChecked={draft.driver === driver.name}
            onChange={() => onChange({ driver: driver.name })}
          />
        ))}
      </FormGroup>
    </Form>
  );
}
