import { Checkbox, FormGroup } from '@patternfly/react-core';
import { SelectField, TextField } from '../../core/form/fields';
import { isSetUp, machineOf } from './draft';
import { NobodyLogsIn } from './NobodyLogsIn';
import { PasswordFields } from './PasswordFields';
import { ProfileKeys } from './ProfileKeys';
import type { SectionProps } from './section';
import { SETTERS, type SetUp } from './setUp';
import { SpecChoice } from './SpecChoice';
import { SshKeyFields } from './SshKeyFields';

const INTRODUCTIONS: Record<SetUp['by'], string> = {
  cloudInit: 'How you will log in. Give a password, an SSH key, or both.',
  ignition: 'How you will log in. Give a password, an SSH key, or both.',
  cloudbase: 'Windows sets a password of its own, which the console shows how to change. An SSH key can be added.',
};

/** Why nothing of it is asked where the guest is not set up from outside. */
function NothingToSetUp({ draft }: Pick<SectionProps, 'draft'>) {
  const why = {
    image: 'The appliance brings accounts of its own: log in as its makers say.',
    empty: 'The installer asks for the account that it makes.',
    volume: 'The accounts are those that the volume has.',
  };
  return <p className="lqx-subtle">{why[draft.firstDisk]}</p>;
}

function Account({ draft, errors, edit }: SectionProps) {
  const { by } = draft.setUp;
  return (
    <>
      <p className="lqx-subtle">{INTRODUCTIONS[by]}</p>
      <SelectField
        id="vm-set-up-by"
        label="Set up by"
        value={by}
        choices={SETTERS}
        hint="The program in the image that reads what is said here."
        onChange={(value) => edit({ setUp: { ...draft.setUp, by: value as SetUp['by'] } })}
      />
      <SpecChoice draft={draft} errors={errors} edit={edit} />
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
    </>
  );
}

/** How somebody gets in. */
export function AccessSection(section: SectionProps) {
  const { draft, edit } = section;
  const machine = machineOf(draft);
  return (
    <>
      {machine && (
        <FormGroup>
          <Checkbox
            id="vm-set-up"
            label="Set it up by cloud-init"
            description="Only where its guest has cloud-init. Otherwise log in as its makers say."
            isChecked={machine.isSetUp}
            onChange={(_event, isOn) => edit({ machine: { ...machine, isSetUp: isOn } })}
          />
        </FormGroup>
      )}
      {isSetUp(draft) ? <Account {...section} /> : <NothingToSetUp draft={draft} />}
    </>
  );
}
