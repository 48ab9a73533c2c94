import { Checkbox, FormGroup, FormSection } from '@patternfly/react-core';
import { SelectField, TextField } from '../core/form/fields';
import { CardAddressFields } from '../vms/create/CardAddressFields';
import { FurtherSetUp } from '../vms/create/FurtherSetUp';
import { MoreFields } from '../vms/create/MoreFields';
import { PasswordFields } from '../vms/create/PasswordFields';
import { ProfileKeys } from '../vms/create/ProfileKeys';
import type { SectionProps } from '../vms/create/section';
import { CloudInitFields } from '../vms/create/SetUpSection';
import { PLAIN_SET_UP, SETTERS, type SetUp } from '../vms/create/setUp';
import { SshKeyFields } from '../vms/create/SshKeyFields';

const KINDS = SETTERS.filter(({ value }) => value !== 'ignition');

function Account({ draft, errors, edit }: SectionProps) {
  return (
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
  );
}

/** Whose fixed addresses are in a spec, only one machine can be made by it. */
function Addresses({ draft, errors, edit }: SectionProps) {
  const [first, ...others] = draft.cards;
  if (!first) return null;
  return (
    <MoreFields title="Network" holds={/^addresses\[/} errors={errors}>
      <p className="lqx-subtle">
        Of the first network card. A fixed address is for one machine: clones that are made together refuse it.
        {others.length > 0 && ` What is kept of ${others.length} further cards stays as it is.`}
      </p>
      <CardAddressFields
        number={0}
        isOne
        typed={first.addresses}
        errors={errors}
        onChange={(addresses) => edit({ cards: draft.cards.with(0, { ...first, addresses }) })}
      />
    </MoreFields>
  );
}

/** How the guests of a spec are set up, in the wizard's fields. */
export function SpecFields({ isNew, ...section }: SectionProps & { isNew: boolean }) {
  const { draft, errors, edit } = section;
  const { by } = draft.setUp;
  return (
    <FormSection title="Inside the guest" titleElement="h3">
      {isNew && (
        <SelectField
          id="spec-kind"
          label="Set up by"
          value={by}
          choices={KINDS}
          hint="The program in the image that reads what is said here. It stays so."
          onChange={(value) => edit({ setUp: { ...PLAIN_SET_UP, by: value as SetUp['by'] } })}
        />
      )}
      {by === 'cloudInit' && <Account {...section} />}
      <ProfileKeys chosen={draft.profileKeys} onChange={(profileKeys) => edit({ profileKeys })} />
      <SshKeyFields keys={draft.sshKeys} errors={errors} onChange={(sshKeys) => edit({ sshKeys })} />
      {by === 'cloudInit' && (
        <>
          <FormGroup>
            <Checkbox
              id="vm-ssh-password-login"
              label="Allow SSH log-in with the password"
              description="Without it the password works on the console only."
              isChecked={draft.sshPasswordLogin}
              onChange={(_event, sshPasswordLogin) => edit({ sshPasswordLogin })}
            />
          </FormGroup>
          <CloudInitFields {...section} />
          <Addresses {...section} />
        </>
      )}
      <MoreFields
        title={by === 'cloudbase' ? 'Script' : 'Locale, commands and user-data'}
        holds={/^(locale|timeZone|commands|userData)$/}
        errors={errors}
      >
        <FurtherSetUp {...section} isNamed />
      </MoreFields>
    </FormSection>
  );
}
