import { Alert, Button, Form, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';
import { ApiError, messageOf } from '../api/problem';
import { Dialog } from '../layout/Dialog';
import { normaliseField } from './names';

interface Props {
  title: string;
  submitLabel: string;
  /** Whether something may be lost by it. */
  danger?: boolean;
  /** Whether the form finds nothing wrong with what was typed. */
  ready: boolean;
  /** The server's names of the form's fields; what it says of others is shown above the form. */
  fields: readonly string[];
  onSubmit: () => Promise<void>;
  onClose: () => void;
  /** The fields; `errorOf` gives what the server said of one. */
  children: (errorOf: (field: string) => string | undefined) => ReactNode;
}

/** A form in a dialog: stays open with all that was typed when the server refuses it. */
export function FormModal({ title, submitLabel, danger = false, ready, fields, onSubmit, onClose, children }: Props) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const id = useId();
  const sent = failure instanceof ApiError ? failure.fieldErrors : [];
  const errorOf = (field: string): string | undefined =>
    sent.find((error) => normaliseField(error.field) === field)?.message;
  const elsewhere = sent.filter((error) => !fields.includes(normaliseField(error.field)));

  const submit = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await onSubmit();
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const onFormSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (ready && !busy) void submit();
  };
  return (
    <Dialog variant="medium" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader title={title} labelId={`${id}-title`} />
      <ModalBody>
        <Form id={`${id}-form`} onSubmit={onFormSubmit} noValidate>
          {failure !== undefined && (
            <Alert component="p" variant="danger" isInline isLiveRegion title={messageOf(failure)}>
              {elsewhere.map((error) => `${error.field}: ${error.message}`).join(' ')}
            </Alert>
          )}
          {children(errorOf)}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={`${id}-form`}
          variant={danger ? 'danger' : 'primary'}
          isLoading={busy}
          isDisabled={!ready || busy}
        >
          {submitLabel}
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Dialog>
  );
}
