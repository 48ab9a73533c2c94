import { Bullseye, Button, EmptyState, EmptyStateActions, EmptyStateBody, Spinner } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { setCsrfToken, setUnauthorisedListener } from '../core/api/client';
import { ApiError, messageOf } from '../core/api/problem';
import type { Session } from '../core/api/types';
import { LogInPage } from './LogInPage';
import { LogInAgainModal } from './LogInAgainModal';
import { SessionContext, logOut, readSession } from './session';

type State =
  | { is: 'loading' }
  | { is: 'failed'; message: string }
  | { is: 'out' }
  | { is: 'in'; session: Session; expired: boolean };

/** Restores the session, shows the log-in page without one, and asks again over the page when it ends in the middle. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>({ is: 'loading' });
  const queries = useQueryClient();

  const enter = useCallback((session: Session) => {
    setCsrfToken(session.csrfToken);
    setState({ is: 'in', session, expired: false });
  }, []);

  const restore = useCallback(async () => {
    try {
      enter(await readSession());
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) setState({ is: 'out' });
      else setState({ is: 'failed', message: messageOf(error) });
    }
  }, [enter]);

  useEffect(() => {
    void restore();
    setUnauthorisedListener(() => setState((now) => (now.is === 'in' ? { ...now, expired: true } : now)));
  }, [restore]);

  const leave = useCallback(async () => {
    await logOut();
    setCsrfToken(undefined);
    setState({ is: 'out' });
    queries.clear();
  }, [queries]);

  const handle = useMemo(
    () => (state.is === 'in' ? { session: state.session, logOut: leave, refresh: restore } : undefined),
    [state, leave, restore],
  );

  const enterAgain = useCallback(
    (session: Session) => {
      enter(session);
      void queries.invalidateQueries();
    },
    [enter, queries],
  );

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
      {state.expired && <LogInAgainModal userName={state.session.userName} onLoggedIn={enterAgain} />}
    </SessionContext>
  );
}
