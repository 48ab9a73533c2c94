import { ModalBody, ModalHeader } from '@patternfly/react-core';
import type { Session } from '../core/api/types';
import { Dialog } from '../core/layout/Dialog';
import { LogInForm } from './LogInForm';

interface Props {
  userName: string;
  onLoggedIn: (session: Session) => void;
}

/** Lies over the page, so that nothing that was typed on it is lost. */
export function LogInAgainModal({ userName, onLoggedIn }: Props) {
  return (
    <Dialog variant="small" aria-labelledby="log-in-again">
      <ModalHeader
        labelId="log-in-again"
        title="Your session has ended"
        description="Log in again to go on where you were."
      />
      <ModalBody>
        <LogInForm userName={userName} onLoggedIn={onLoggedIn} />
      </ModalBody>
    </Dialog>
  );
}
