import { Bullseye, Button, EmptyState, EmptyStateActions, EmptyStateBody, Spinner } from '@patternfly/react-core';
import { useMemo, type ReactNode } from 'react';
import { LogInPage } from './LogInPage';
import { LogInAgainModal } from './LogInAgainModal';
import { SessionContext } from './session';
import { useSessionState } from './useSessionState';

/** Restores the session, shows the log-in page without one, and asks again over the page when it ends in the middle. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { state, restore, enter, leave, reread, forgetFormerUser } = useSessionState();

  const handle = useMemo(() => {
    if (state.is !== 'in') return undefined;
    const { session, formerUser } = state;
    return { session, formerUser, forgetFormerUser, logOut: leave, refresh: reread };
  }, [state, leave, reread, forgetFormerUser]);

  if (state.is === 'loading') {
    return (
      <Bullseye>
        <Spinner aria-label="Restoring the session" />
      </Bullseye>
    );
  }
  if (state.is === 'failed') {
    return (
      <Bullseye>
        <EmptyState titleText="LimiQuantix does not answer" headingLevel="h1" status="danger">
          <EmptyStateBody>{state.message}</EmptyStateBody>
          <EmptyStateActions>
            <Button onClick={() => void restore()}>Try again</Button>
          </EmptyStateActions>
        </EmptyState>
      </Bullseye>
    );
  }
  if (state.is === 'out') return <LogInPage onLoggedIn={enter} />;
  return (
    <SessionContext value={handle}>
      {children}
      {state.expired && <LogInAgainModal userName={state.session.userName} onLoggedIn={enter} />}
    </SessionContext>
  );
}
