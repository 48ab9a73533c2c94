import { Checkbox, FormSection, FormGroup } from '@patternfly/react-core';
import { SelectField, TextField } from '../../core/form/fields';
import { NobodyLogsIn } from './NobodyLogsIn';
import { PasswordFields } from './PasswordFields';
import { ProfileKeys } from './ProfileKeys';
import type { SectionProps } from './section';
import { SETTERS, type SetUp } from './setUp';
import { SshKeyFields } from './SshKeyFields';

const INTRODUCTIONS: Record<SetUp['by'], string> = {
  cloudInit: 'How you will log in. Give a password, an SSH key, or both.',
  ignition: 'How you will log in. Give a password, an SSH key, or both.',
  cloudbase: 'Windows sets a password of its own, which the console shows how to change. An SSH key can be added.',
};

export function AccessSection({ draft, errors, edit }: SectionProps) {
  const { by } = draft.setUp;
  return (
    <FormSection title="Access" titleElement="h2">
      <p className="lqx-subtle">{INTRODUCTIONS[by]}</p>
      <SelectField
        id="vm-set-up-by"
        label="Set up by"
        value={by}
        choices={SETTERS}
        hint="The program in the image that reads what is said here."
        onChange={(value) => edit({ setUp: { ...draft.setUp, by: value as SetUp['by'] } })}
      />
      {by !== 'cloudbase' && (
        <>
          <TextField
            id="vm-user"
            label="User"
            required
            value={draft.user}
            error={errors['user']}
            hint="The account that is made in the guest."
            onChange={(user) => edit({ user })}
          />
          <PasswordFields draft={draft} errors={errors} edit={edit} />
        </>
      )}
      <ProfileKeys chosen={draft.profileKeys} onChange={(profileKeys) => edit({ profileKeys })} />
      <SshKeyFields keys={draft.sshKeys} errors={errors} onChange={(sshKeys) => edit({ sshKeys })} />
      {by === 'cloudInit' && (
        <FormGroup>
          <Checkbox
            id="vm-ssh-password-login"
            label="Allow SSH log-in with the password"
            description="Without it the password works on the console only."
            isChecked={draft.sshPasswordLogin}
            onChange={(_event, sshPasswordLogin) => edit({ sshPasswordLogin })}
          />
        </FormGroup>
      )}
      {by !== 'cloudbase' && <NobodyLogsIn draft={draft} errors={errors} edit={edit} />}
    </FormSection>
  );
}
