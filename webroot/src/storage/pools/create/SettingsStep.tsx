import { Form } from '@patternfly/react-core';
import type { Driver } from '../../../core/api/types';
import { TextField } from '../../../core/form/fields';
import { settingLabel } from '../drivers';
import type { PoolDraft } from './poolDraft';
import { SecretField } from './SecretField';

interface Props {
  draft: PoolDraft;
  driver: Driver;
  errors: Record<string, string>;
  onChange: (change: Partial<PoolDraft>) => void;
}

/** What the driver wants to be told. */
export function SettingsStep({ draft, driver, errors, onChange }: Props) {
  return (
    <Form onSubmit={(event) => event.preventDefault()}>
      {driver.settings.map(({ name, required, secret, description }) => {
        const common = {
          id: `pool-setting-${name}`,
          label: settingLabel(name),
          required,
          value: draft.values[name] ?? '',
          error: errors[name],
          onChange: (value: string) => onChange({ values: { ...draft.values, [name]: value } }),
        };
        return secret ? (
          <SecretField key={name} {...common} hint={`${description} It is kept encrypted and never shown.`} />
        ) : (
          <TextField key={name} {...common} mono hint={description} />
        );
      })}
    </Form>
  );
}
