import { Alert, Button, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useId, useState } from 'react';
import { messageOf } from '../api/problem';
import { Dialog } from '../layout/Dialog';
import type { Confirmation } from './action';

interface Props extends Confirmation {
  danger: boolean;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Stays open and says why when the confirmed thing fails. */
export function ConfirmModal({
  title,
  body,
  confirmLabel,
  dismissLabel = 'Cancel',
  danger,
  onConfirm,
  onClose,
}: Props) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const id = useId();
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog variant="small" aria-labelledby={id} onClose={onClose}>
      <ModalHeader title={title} labelId={id} {...(danger ? { titleIconVariant: 'warning' as const } : {})} />
      <ModalBody className="lqx-break">
        {failure && (
          <Alert component="p" variant="danger" isInline isLiveRegion title={failure} className="lqx-gap-below" />
        )}
        {body}
      </ModalBody>
      <ModalFooter>
        <Button
          variant={danger ? 'danger' : 'primary'}
          isLoading={busy}
          isDisabled={busy}
          onClick={() => void confirm()}
        >
          {confirmLabel}
        </Button>
        <Button variant="link" onClick={onClose}>
          {dismissLabel}
        </Button>
      </ModalFooter>
    </Dialog>
  );
}
