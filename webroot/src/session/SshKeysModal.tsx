import { Alert, Button, Form, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { TrashIcon } from '@patternfly/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { ApiError, messageOf } from '../core/api/problem';
import type { SshKey } from '../core/api/types';
import { TextField } from '../core/form/fields';
import { Dialog } from '../core/layout/Dialog';
import { QueryState } from '../core/layout/QueryState';
import { addSshKey, deleteSshKey, SSH_KEYS, useSshKeys } from './sshKeys';

function KeyList({ keys, onDelete }: { keys: readonly SshKey[]; onDelete: (key: SshKey) => void }) {
  if (keys.length === 0) return <p className="lqx-subtle">You keep none yet.</p>;
  return (
    <ul aria-label="Your SSH keys" className="lqx-key-list">
      {keys.map((key) => (
        <li key={key.id}>
          <div>
            <strong>{key.name}</strong> <span className="lqx-subtle">{key.type}</span>
            <div className="lqx-mono lqx-subtle">{key.fingerprint}</div>
          </div>
          <Button
            variant="plain"
            icon={<TrashIcon />}
            aria-label={`Delete ${key.name}`}
            onClick={() => onDelete(key)}
          />
        </li>
      ))}
    </ul>
  );
}

/** The user's own keys, which the form for a new VM offers. */
export function SshKeysModal({ onClose }: { onClose: () => void }) {
  const query = useSshKeys();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [line, setLine] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const key = useRef<string>(crypto.randomUUID());
  const ready = name.trim() !== '' && line.trim() !== '' && !busy;
  const errorOf = (field: string): string | undefined =>
    failure instanceof ApiError ? failure.fieldErrors.find((error) => error.field === field)?.message : undefined;

  const change = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      if (error instanceof ApiError && error.answered) key.current = crypto.randomUUID();
      setFailure(error);
    } finally {
      await client.invalidateQueries({ queryKey: SSH_KEYS });
      setBusy(false);
    }
  };
  const add = async (): Promise<void> => {
    await addSshKey(name.trim(), line.trim(), key.current);
    key.current = crypto.randomUUID();
    setName('');
    setLine('');
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (ready) void change(add);
  };
  return (
    <Dialog variant="medium" aria-labelledby="ssh-keys" onClose={onClose}>
      <ModalHeader
        title="SSH keys"
        labelId="ssh-keys"
        description="Offered when you create a VM. A VM keeps the keys that it was created with."
      />
      <ModalBody>
        <QueryState query={query} what="SSH keys">
          {(keys) => <KeyList keys={keys} onDelete={({ id }) => void change(() => deleteSshKey(id))} />}
        </QueryState>
        <Form id="ssh-keys-form" onSubmit={onSubmit}>
          {failure !== undefined && (
            <Alert component="p" variant="danger" isInline isLiveRegion title={messageOf(failure)} />
          )}
          <TextField id="ssh-key-name" label="Name" required value={name} error={errorOf('name')} onChange={setName} />
          <TextField
            id="ssh-key-line"
            label="Public key"
            required
            mono
            rows={3}
            value={line}
            error={errorOf('publicKey')}
            hint="The line of the .pub file."
            onChange={setLine}
          />
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="ssh-keys-form" isLoading={busy} isDisabled={!ready}>
          Add key
        </Button>
        <Button variant="link" onClick={onClose}>
          Close
        </Button>
      </ModalFooter>
    </Dialog>
  );
}
