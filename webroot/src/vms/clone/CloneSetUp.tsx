import { FormGroup, Radio } from '@patternfly/react-core';
import { Field, TextField } from '../../core/form/fields';
import { PasswordInput } from '../../core/layout/PasswordInput';
import { CloneSpec } from './CloneSpec';
import type { CloneFieldsProps } from './section';

function AccountFields({ draft, errors, edit }: CloneFieldsProps) {
  const passwordError = errors['cloudInit.password'] ?? errors['cloudInit.nobodyLogsIn'];
  return (
    <>
      <TextField
        id="clone-user"
        label="User"
        required
        value={draft.user}
        error={errors['cloudInit.user']}
        onChange={(user) => edit({ user })}
      />
      <Field id="clone-password" label="Password" error={passwordError} hint="Only its hash is kept.">
        <PasswordInput
          id="clone-password"
          autoComplete="new-password"
          value={draft.password}
          validated={passwordError ? 'error' : 'default'}
          describedBy="clone-password-hint"
          onChange={(password) => edit({ password })}
        />
      </Field>
      <TextField
        id="clone-ssh-keys"
        label="SSH keys"
        rows={2}
        mono
        value={draft.sshKeys}
        error={errors['cloudInit.sshKeys']}
        hint="Public keys, one a line."
        onChange={(sshKeys) => edit({ sshKeys })}
      />
    </>
  );
}

function NetworkFields({ draft, errors, edit, many }: CloneFieldsProps & { many: boolean }) {
  // Several machines cannot have the same name and address.
  if (many) return null;
  return (
    <>
      <TextField
        id="clone-host-name"
        label="Host name"
        value={draft.hostName}
        error={errors['cloudInit.hostName']}
        hint="Left empty, it is the name of the clone."
        onChange={(hostName) => edit({ hostName })}
      />
      <TextField
        id="clone-address"
        label="Fixed address"
        value={draft.address}
        placeholder="192.0.2.10/24"
        error={errors['cloudInit.network.address'] ?? errors['cloudInit.network']}
        hint="Of the first network card. Left empty, it asks DHCP."
        onChange={(address) => edit({ address })}
      />
      {draft.address !== '' && (
        <TextField
          id="clone-gateway"
          label="Gateway"
          value={draft.gateway}
          error={errors['cloudInit.network.gateway']}
          onChange={(gateway) => edit({ gateway })}
        />
      )}
    </>
  );
}

/** How the guest of a clone is set up by cloud-init. */
export function CloneSetUp(section: CloneFieldsProps & { many: boolean }) {
  const { draft, edit } = section;
  return (
    <>
      <FormGroup role="radiogroup" label="Inside the guest" fieldId="clone-set-up" isStack>
        <Radio
          id="clone-as-source"
          name="clone-set-up"
          label="As the source"
          description="With a host name, machine-id and SSH host keys of its own, where the source is set up by cloud-init."
          isChecked={!draft.otherwise && !draft.bySpec}
          onChange={() => edit({ otherwise: false, bySpec: false })}
        />
        <Radio
          id="clone-otherwise"
          name="clone-set-up"
          label="Otherwise, by cloud-init"
          isChecked={draft.otherwise}
          onChange={() => edit({ otherwise: true, bySpec: false })}
        />
        <Radio
          id="clone-by-spec"
          name="clone-set-up"
          label="By a customization spec"
          isChecked={draft.bySpec}
          onChange={() => edit({ otherwise: false, bySpec: true })}
        />
      </FormGroup>
      {draft.bySpec && <CloneSpec {...section} />}
      {draft.otherwise && (
        <>
          <AccountFields {...section} />
          <NetworkFields {...section} />
        </>
      )}
    </>
  );
}
