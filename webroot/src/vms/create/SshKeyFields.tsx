import { Button, FormGroup, InputGroup, InputGroupItem, TextInput } from '@patternfly/react-core';
import { PlusCircleIcon, TrashIcon } from '@patternfly/react-icons';
import { FieldHint } from '../../core/layout/FieldHint';
import { splitKeys, sshKeyError } from './sshKeys';
import type { Errors } from './validate';

interface Props {
  keys: readonly string[];
  errors: Errors;
  onChange: (keys: readonly string[]) => void;
}

/** One field per public key; pasting a file with several fills several. */
export function SshKeyFields({ keys, errors, onChange }: Props) {
  const set = (index: number, text: string): void => onChange(keys.toSpliced(index, 1, ...splitKeys(text)));
  const remove = (index: number): void => onChange(keys.length > 1 ? keys.toSpliced(index, 1) : ['']);
  const field = (key: string, index: number) => {
    const id = `vm-ssh-key-${index + 1}`;
    const error = errors[`sshKeys[${index}]`] ?? (key.trim() === '' ? undefined : sshKeyError(key));
    return (
      <div key={index} className="lqx-ssh-key">
        <InputGroup>
          <InputGroupItem isFill>
            <TextInput
              id={id}
              aria-label={`SSH key ${index + 1}`}
              placeholder="ssh-ed25519 AAAA… you@example"
              className="lqx-mono"
              spellCheck={false}
              autoComplete="off"
              value={key}
              validated={error ? 'error' : 'default'}
              aria-describedby={`${id}-hint`}
              onPaste={(event) => {
                const text = event.clipboardData.getData('text');
                if (key !== '' || !text.trim().includes('\n')) return;
                event.preventDefault();
                set(index, text);
              }}
              onChange={(_event, next) => set(index, next)}
            />
          </InputGroupItem>
          <InputGroupItem>
            <Button
              variant="control"
              icon={<TrashIcon />}
              aria-label={`Remove SSH key ${index + 1}`}
              onClick={() => remove(index)}
            />
          </InputGroupItem>
        </InputGroup>
        <FieldHint id={`${id}-hint`} error={error} />
      </div>
    );
  };
  return (
    <FormGroup label="SSH keys" role="group" fieldId="vm-ssh-keys">
      {keys.map(field)}
      <Button variant="link" isInline icon={<PlusCircleIcon />} onClick={() => onChange([...keys, ''])}>
        Add another key
      </Button>
    </FormGroup>
  );
}
