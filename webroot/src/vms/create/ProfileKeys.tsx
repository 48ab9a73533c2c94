import { Checkbox, FormGroup } from '@patternfly/react-core';
import { listHint } from '../../core/form/listHint';
import { FieldHint } from '../../core/layout/FieldHint';
import { useSshKeys } from '../../session/sshKeys';

interface Props {
  chosen: readonly string[];
  onChange: (lines: readonly string[]) => void;
}

/** The user's own keys, to be ticked. Those who keep none see nothing. */
export function ProfileKeys({ chosen, onChange }: Props) {
  const query = useSshKeys();
  const keys = query.data ?? [];
  if (keys.length === 0 && !query.isError) return null;
  return (
    <FormGroup label="Your SSH keys" role="group" fieldId="vm-profile-keys" isStack>
      {keys.map(({ id, name, publicKey, fingerprint }) => (
        <Checkbox
          key={id}
          id={`vm-profile-key-${id}`}
          label={name}
          description={<span className="lqx-mono">{fingerprint}</span>}
          isChecked={chosen.includes(publicKey)}
          onChange={(_event, isChosen) =>
            onChange(isChosen ? [...chosen, publicKey] : chosen.filter((line) => line !== publicKey))
          }
        />
      ))}
      <FieldHint id="vm-profile-keys-hint">{listHint(query, 'keys of your profile')}</FieldHint>
    </FormGroup>
  );
}
