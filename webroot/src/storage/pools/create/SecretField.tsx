import type { ReactNode } from 'react';
import { Field } from '../../../core/form/fields';
import { PasswordInput } from '../../../core/layout/PasswordInput';

interface Props {
  id: string;
  label: string;
  required: boolean;
  value: string;
  error: string | undefined;
  hint: ReactNode;
  onChange: (value: string) => void;
}

/** Something that the server keeps encrypted and never shows. */
export function SecretField({ id, label, required, value, error, hint, onChange }: Props) {
  return (
    <Field id={id} label={label} required={required} error={error} hint={hint}>
      <PasswordInput
        id={id}
        value={value}
        autoComplete="new-password"
        describedBy={`${id}-hint`}
        validated={error ? 'error' : 'default'}
        onChange={onChange}
      />
    </Field>
  );
}
