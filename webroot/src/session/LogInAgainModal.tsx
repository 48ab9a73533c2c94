import { Modal, ModalBody, ModalHeader } from '@patternfly/react-core';
import type { Session } from '../core/api/types';
import { LogInForm } from './LogInForm';

interface Props {
  userName: string;
  onLoggedIn: (session: Session) => void;
}

/** Any other open dialog hides all of the page but itself from screen readers, this one too, whenever it is drawn. */
function keepAccessible(inside: HTMLElement | null): () => void {
  const container = inside?.closest('body > *');
  if (!container) return () => undefined;
  const show = (): void => {
    if (container.hasAttribute('aria-hidden')) container.removeAttribute('aria-hidden');
  };
  const observer = new MutationObserver(show);
  observer.observe(container, { attributeFilter: ['aria-hidden'] });
  show();
  return () => observer.disconnect();
}

/** Lies over the page, so that nothing that was typed on it is lost. */
export function LogInAgainModal({ userName, onLoggedIn }: Props) {
  return (
    <Modal isOpen variant="small" aria-labelledby="log-in-again">
      <ModalHeader
        labelId="log-in-again"
        title="Your session has ended"
        description="Log in again to go on where you were."
      />
      <ModalBody>
        <div ref={keepAccessible}>
          <LogInForm userName={userName} onLoggedIn={onLoggedIn} />
        </div>
      </ModalBody>
    </Modal>
  );
}
