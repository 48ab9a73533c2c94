import { Field } from '../../core/form/fields';
import { PasswordInput } from '../../core/layout/PasswordInput';
import { passwordStrength } from './password';
import { specOf } from './spec';
import type { SectionProps } from './section';

/** The guest's password, typed twice. */
export function PasswordFields({ draft, errors, edit }: SectionProps) {
  const strength = draft.password === '' ? undefined : passwordStrength(draft.password);
  const differs = draft.passwordAgain !== '' && draft.passwordAgain !== draft.password;
  return (
    <>
      <Field
        id="vm-password"
        label="Password"
        error={errors.password}
        warning={strength?.level === 'weak' ? strength.text : undefined}
        hint={
          strength?.text ??
          (specOf(draft)?.passwordSet ? 'Empty: the one that the customization spec keeps.' : 'Only its hash is kept.')
        }
      >
        <PasswordInput
          id="vm-password"
          autoComplete="new-password"
          value={draft.password}
          validated={errors.password ? 'error' : 'default'}
          describedBy="vm-password-hint"
          onChange={(password) => edit({ password })}
        />
      </Field>
      <Field
        id="vm-password-again"
        label="Password again"
        error={errors.passwordAgain ?? (differs ? 'The two passwords differ.' : undefined)}
      >
        <PasswordInput
          id="vm-password-again"
          autoComplete="new-password"
          value={draft.passwordAgain}
          validated={(errors.passwordAgain ?? differs) ? 'error' : 'default'}
          describedBy="vm-password-again-hint"
          onChange={(passwordAgain) => edit({ passwordAgain })}
        />
      </Field>
    </>
  );
}
