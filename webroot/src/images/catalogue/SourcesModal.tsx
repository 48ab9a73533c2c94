import { Alert, Button, Form, ModalBody, ModalHeader } from '@patternfly/react-core';
import { useState, type SyntheticEvent } from 'react';
import { messageOf } from '../../core/api/problem';
import { TextField } from '../../core/form/fields';
import { Dialog } from '../../core/layout/Dialog';
import { QueryState } from '../../core/layout/QueryState';
import { urlError } from '../add/form';
import { useSourceChanges, useSources } from './catalogue';
import { SourceTable } from './SourceTable';

function AddSourceForm() {
  const { add } = useSourceChanges();
  const [url, setUrl] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const ready = url.trim() !== '' && urlError(url) === undefined;
  const send = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await add(url.trim());
      setUrl('');
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (ready && !busy) void send();
  };
  return (
    <Form onSubmit={onSubmit} className="lqx-gap-below" noValidate>
      {failure !== undefined && (
        <Alert component="p" variant="danger" isInline isLiveRegion title={messageOf(failure)} />
      )}
      <TextField
        id="source-url"
        label="Address of another catalogue"
        mono
        value={url}
        error={urlError(url)}
        hint="A YAML file of the web, which a host reads now and once a day."
        onChange={setUrl}
      />
      <div>
        <Button type="submit" variant="secondary" isLoading={busy} isDisabled={!ready || busy}>
          Add catalogue
        </Button>
      </div>
    </Form>
  );
}

/** Where the entries come from. */
export function SourcesModal({ onClose }: { onClose: () => void }) {
  const query = useSources();
  return (
    <Dialog variant="large" aria-labelledby="catalogue-sources" onClose={onClose}>
      <ModalHeader title="Catalogues" labelId="catalogue-sources" />
      <ModalBody>
        <AddSourceForm />
        <QueryState query={query} what="catalogues" compact>
          {(sources) => <SourceTable sources={sources} />}
        </QueryState>
      </ModalBody>
    </Dialog>
  );
}
