import { Alert, Button, Form, FormGroup, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useState, type SyntheticEvent } from 'react';
import { ApiError, messageOf } from '../core/api/problem';
import { Dialog } from '../core/layout/Dialog';
import { FieldHint } from '../core/layout/FieldHint';
import { PasswordInput } from '../core/layout/PasswordInput';
import { useToast } from '../core/notify/toasts';
import { changePassword, useSession } from './session';

const SHORTEST = 12;

export function ChangePasswordModal({ onClose }: { onClose: () => void }) {
  const { refresh } = useSession();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const toast = useToast();
  const fieldError = (field: string): string | undefined =>
    failure instanceof ApiError ? failure.fieldErrors.find((error) => error.field === field)?.message : undefined;
  const tooShort = next !== '' && next.length < SHORTEST ? `At least ${SHORTEST} characters.` : undefined;
  const differs = again !== '' && again !== next ? 'The two passwords differ.' : undefined;
  const ready = old !== '' && next.length >= SHORTEST && again === next;

  const submit = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await changePassword(old, next);
      await refresh();
      toast({ variant: 'success', title: 'Password changed', body: 'All your other sessions have ended.' });
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (ready && !busy) void submit();
  };
  const field = (id: string, label: string, value: string, set: (value: string) => void, error?: string) => (
    <FormGroup label={label} fieldId={id} isRequired>
      <PasswordInput
        id={id}
        autoComplete={id === 'old-password' ? 'current-password' : 'new-password'}
        value={value}
        onChange={set}
        validated={error ? 'error' : 'default'}
        describedBy={`${id}-hint`}
      />
      <FieldHint id={`${id}-hint`} error={error} />
    </FormGroup>
  );
  return (
    <Dialog variant="small" aria-labelledby="change-password" onClose={onClose}>
      <ModalHeader title="Change password" labelId="change-password" description="Your other sessions will end." />
      <ModalBody>
        <Form id="change-password-form" onSubmit={onSubmit}>
          {failure !== undefined && (
            <Alert component="p" variant="danger" isInline isLiveRegion title={messageOf(failure)} />
          )}
          {field('old-password', 'Old password', old, setOld, fieldError('oldPassword'))}
          {field('new-password', 'New password', next, setNext, tooShort ?? fieldError('newPassword'))}
          {field('new-password-again', 'New password again', again, setAgain, differs)}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="change-password-form" isLoading={busy} isDisabled={!ready || busy}>
          Change password
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Dialog>
  );
}
