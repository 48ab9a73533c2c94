import { Checkbox, TextInput } from '@patternfly/react-core';
import type { DriverSetting } from '../../../core/api/types';
import { Field, TextField } from '../../../core/form/fields';
import { SecretField } from '../create/SecretField';
import { settingLabel } from '../drivers';
import type { PoolEdits } from './poolEdits';

interface Props {
  setting: DriverSetting;
  typed: PoolEdits;
  /** Whether the pool has this secret. */
  isSet: boolean;
  error: string | undefined;
  onChange: (part: Partial<PoolEdits>) => void;
}

/** One thing that a pool was told, to be changed where its driver lets it be. */
export function SettingField({ setting, typed, isSet, error, onChange }: Props) {
  const { name, required, secret, changeable, aboutChange, description } = setting;
  const id = `edit-pool-setting-${name}`;
  const label = settingLabel(name);
  const value = typed.values[name] ?? '';
  const set = (next: string): void => onChange({ values: { ...typed.values, [name]: next } });
  if (!changeable) {
    return (
      <Field id={id} label={label} error={error} hint={`It cannot be changed. ${aboutChange}`}>
        <TextInput
          id={id}
          className="lqx-mono"
          value={secret ? 'Kept encrypted, never shown' : value}
          readOnlyVariant="default"
          aria-describedby={`${id}-hint`}
        />
      </Field>
    );
  }
  if (!secret) {
    const hint = `${description} ${aboutChange}`;
    return <TextField {...{ id, label, required, value, error, hint }} mono onChange={set} />;
  }
  const forgotten = typed.forgotten.includes(name);
  const forget = (checked: boolean): void =>
    onChange({
      forgotten: checked ? [...typed.forgotten, name] : typed.forgotten.filter((one) => one !== name),
      values: { ...typed.values, [name]: '' },
    });
  const kept = isSet ? 'Left empty, it stays as it is.' : '';
  return (
    <>
      <SecretField
        {...{ id, label, value, error }}
        required={required && !isSet}
        hint={`${description} ${kept} ${aboutChange}`}
        onChange={set}
      />
      {isSet && !required && (
        <Checkbox
          id={`${id}-forget`}
          label={`Forget the ${label.toLowerCase()}`}
          isChecked={forgotten}
          isDisabled={value !== ''}
          onChange={(_event, checked) => forget(checked)}
        />
      )}
    </>
  );
}
