import { Checkbox, FormSection, FormGroup } from '@patternfly/react-core';
import { Field, TextField } from '../../core/form/fields';
import { PasswordInput } from '../../core/layout/PasswordInput';
import { passwordStrength } from './password';
import type { SectionProps } from './section';
import { SshKeyFields } from './SshKeyFields';

export function AccessSection({ draft, errors, edit }: SectionProps) {
  const strength = draft.password === '' ? undefined : passwordStrength(draft.password);
  const differs = draft.passwordAgain !== '' && draft.passwordAgain !== draft.password;
  return (
    <FormSection title="Access" titleElement="h2">
      <p className="lqx-subtle">How you will log in. Give a password, an SSH key, or both.</p>
      <TextField
        id="vm-user"
        label="User"
        required
        value={draft.user}
        error={errors.user}
        hint="The account that is made in the guest."
        onChange={(user) => edit({ user })}
      />
      <Field
        id="vm-password"
        label="Password"
        error={errors.password}
        warning={strength?.level === 'weak' ? strength.text : undefined}
        hint={strength?.text ?? 'Only its hash is kept.'}
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
      <SshKeyFields keys={draft.sshKeys} errors={errors} onChange={(sshKeys) => edit({ sshKeys })} />
      <FormGroup>
        <Checkbox
          id="vm-ssh-password-login"
          label="Allow SSH log-in with the password"
          description="Without it the password works on the console only."
          isChecked={draft.sshPasswordLogin}
          onChange={(_event, sshPasswordLogin) => edit({ sshPasswordLogin })}
        />
      </FormGroup>
    </FormSection>
  );
}
