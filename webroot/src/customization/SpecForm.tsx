import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useState } from 'react';
import type { CustomizationSpec } from '../core/api/types';
import { FormModal } from '../core/form/FormModal';
import { TextField } from '../core/form/fields';
import type { Draft } from '../vms/create/draft';
import { draftOfSpec, exampleName, patternError, specErrors, specRequest, type SpecDraft } from './specDraft';
import { SpecFields } from './SpecFields';

type Request = ReturnType<typeof specRequest>;

/** The form's fields, by what the server calls them. */
const SERVER: Readonly<Record<string, readonly string[]>> = {
  name: ['name'],
  description: ['description'],
  hostNamePattern: ['hostNamePattern'],
  user: ['cloudInit.user'],
  password: ['cloudInit.password', 'cloudInit.sshPasswordLogin'],
  packages: ['cloudInit.packages'],
  commands: ['cloudInit.runCommands'],
  locale: ['cloudInit.locale'],
  timeZone: ['cloudInit.timeZone'],
  userData: ['cloudInit.userData', 'cloudbase.userData'],
};

interface Props {
  title: string;
  submitLabel: string;
  /** Undefined for a new one. */
  spec?: CustomizationSpec;
  onSubmit: (request: Request) => Promise<void>;
  onClose: () => void;
}

interface PartProps {
  draft: SpecDraft;
  errors: Readonly<Record<string, string | undefined>>;
  edit: (part: Partial<SpecDraft>) => void;
}

function NameFields({ draft, errors, edit }: PartProps) {
  const { hostNamePattern: pattern } = draft;
  return (
    <>
      <TextField
        id="spec-name"
        label="Name"
        required
        value={draft.name}
        error={draft.name === '' ? undefined : errors['name']}
        onChange={(name) => edit({ name })}
      />
      <TextField
        id="spec-description"
        label="Description"
        rows={2}
        value={draft.description}
        error={errors['description']}
        onChange={(description) => edit({ description })}
      />
      <TextField
        id="spec-host-name-pattern"
        label="Host name"
        required
        mono
        value={pattern}
        error={errors['hostNamePattern']}
        hint={
          patternError(pattern) === undefined &&
          `{name} is the VM's name, {n} its number in a run of clones: the clone web-07 is called ${exampleName(pattern, 'web-07', '07')}.`
        }
        onChange={(hostNamePattern) => edit({ hostNamePattern })}
      />
    </>
  );
}

/** Takes what is kept away; what is typed in its place needs no telling. */
function KeptSecrets({ spec, draft, edit }: Pick<PartProps, 'draft' | 'edit'> & { spec: CustomizationSpec }) {
  return (
    <FormGroup role="group" aria-label="What is kept">
      {spec.passwordSet && (
        <Checkbox
          id="spec-forget-password"
          label="Remove the password that is kept"
          isDisabled={draft.setUp.password !== ''}
          isChecked={draft.forgetPassword}
          onChange={(_event, forgetPassword) => edit({ forgetPassword })}
        />
      )}
      {spec.userDataSet && (
        <Checkbox
          id="spec-forget-user-data"
          label={spec.kind === 'LINUX' ? 'Remove the user-data that is kept' : 'Remove the script that is kept'}
          isDisabled={draft.setUp.setUp.userData !== ''}
          isChecked={draft.forgetUserData}
          onChange={(_event, forgetUserData) => edit({ forgetUserData })}
        />
      )}
    </FormGroup>
  );
}

/** Asks how guests are to be set up. */
export function SpecForm({ title, submitLabel, spec, onSubmit, onClose }: Props) {
  const [draft, setDraft] = useState(() => draftOfSpec(spec));
  const own = specErrors(draft);
  const edit = (part: Partial<SpecDraft>): void => setDraft((now) => ({ ...now, ...part }));
  const editSetUp = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, setUp: { ...now.setUp, ...part } }));
  // What is needed and empty is not called wrong before it was touched: the button waits for it.
  const shown = Object.entries(own).filter(([field]) => field !== 'user' || draft.setUp.user !== '');
  return (
    <FormModal
      title={title}
      submitLabel={submitLabel}
      ready={Object.values(own).every((error) => error === undefined)}
      fields={Object.values(SERVER).flat()}
      onSubmit={() => onSubmit(specRequest(draft))}
      onClose={onClose}
    >
      {(errorOf) => {
        const sent = Object.entries(SERVER).map(
          ([field, names]) => [field, names.map(errorOf).find((error) => error !== undefined)] as const,
        );
        const errors = Object.fromEntries([...sent, ...shown.filter(([, error]) => error !== undefined)]);
        return (
          <>
            <NameFields draft={draft} errors={errors} edit={edit} />
            <SpecFields draft={draft.setUp} errors={errors} edit={editSetUp} isNew={spec === undefined} />
            {spec && (spec.passwordSet || spec.userDataSet) && <KeptSecrets spec={spec} draft={draft} edit={edit} />}
          </>
        );
      }}
    </FormModal>
  );
}
