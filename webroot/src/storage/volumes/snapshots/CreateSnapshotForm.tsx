import { Alert, Button, Form } from '@patternfly/react-core';
import { useState, type SyntheticEvent } from 'react';
import { api, once, unwrap } from '../../../core/api/client';
import { messageOf } from '../../../core/api/problem';
import type { Volume } from '../../../core/api/types';
import { TextField } from '../../../core/form/fields';
import { nameError } from '../../../core/form/names';

interface Props {
  volume: Volume;
  /** Why there can be none now. */
  problem: string | undefined;
}

export function CreateSnapshotForm({ volume, problem }: Props) {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const ready = nameError(name) === undefined && problem === undefined && volume.state === 'READY';
  const create = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await unwrap(
        api.POST('/volumes/{volumeId}/snapshots', {
          params: { path: { volumeId: volume.id }, header: once() },
          body: { name },
        }),
      );
      setName('');
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (ready && !busy) void create();
  };
  return (
    <Form onSubmit={onSubmit} className="lqx-gap-below" noValidate>
      {failure !== undefined && (
        <Alert component="p" variant="danger" isInline isLiveRegion title={messageOf(failure)} />
      )}
      <TextField
        id="snapshot-name"
        label="Name of a new snapshot"
        value={name}
        error={name === '' ? undefined : nameError(name)}
        warning={problem}
        hint="It keeps what the volume holds now."
        onChange={setName}
      />
      <div>
        <Button type="submit" variant="secondary" isLoading={busy} isDisabled={!ready || busy}>
          Create snapshot
        </Button>
      </div>
    </Form>
  );
}
