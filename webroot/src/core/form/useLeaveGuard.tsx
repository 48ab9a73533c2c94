import { useEffect, useRef, type ReactNode } from 'react';
import { useBlocker } from 'react-router';
import { ConfirmModal } from '../actions/ConfirmModal';

interface Guard {
  /** The question, while somebody is about to leave. */
  question: ReactNode;
  /** Leaving is meant from now on: what was typed has arrived. */
  letGo: () => void;
}

/** Asks before a page is left on which something was typed: by a link, by the way back, or by closing the window. */
export function useLeaveGuard(isTyped: boolean, what: string): Guard {
  const isMeant = useRef(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isTyped && !isMeant.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isTyped) return undefined;
    const warn = (event: BeforeUnloadEvent): void => {
      if (!isMeant.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isTyped]);
  const question = blocker.state === 'blocked' && (
    <ConfirmModal
      title="Discard what was typed?"
      body={`${what} is not made yet. What you typed is lost when you leave.`}
      confirmLabel="Discard"
      dismissLabel="Keep editing"
      danger
      onConfirm={() => {
        isMeant.current = true;
        blocker.proceed();
        return Promise.resolve();
      }}
      onClose={() => isMeant.current || blocker.reset()}
    />
  );
  return {
    question,
    letGo: () => {
      isMeant.current = true;
    },
  };
}
