import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { setUnauthorisedListener } from '../core/api/client';
import { getIdentity, setIdentity, setIdentityReader } from '../core/api/identity';
import { ApiError, messageOf } from '../core/api/problem';
import type { Session } from '../core/api/types';
import { onOtherTab, tellOtherTabs } from './otherTabs';
import { logOut, readSession } from './session';

export type SessionState =
  | { is: 'loading' }
  | { is: 'failed'; message: string }
  | { is: 'out' }
  | { is: 'in'; session: Session; expired: boolean; formerUser: string | undefined };

/** A server that is starting, or a network that has just changed, is back by itself. */
const AGAIN_MS = 3000;

interface Handle {
  state: SessionState;
  /** Reads the session for the first time, or again after that failed. */
  restore: () => Promise<void>;
  /** Takes over the session of a log-in on this tab. */
  enter: (session: Session) => void;
  leave: () => Promise<void>;
  /** Reads the session again; whatever comes of it, the page stays. */
  reread: () => Promise<void>;
  forgetFormerUser: () => void;
}

const isOver = (error: unknown): boolean => error instanceof ApiError && error.status === 401;

const expire = (now: SessionState): SessionState => (now.is === 'in' ? { ...now, expired: true } : now);

function entered(now: SessionState, session: Session): SessionState {
  const former = now.is === 'in' ? (now.formerUser ?? now.session.userName) : undefined;
  return { is: 'in', session, expired: false, formerUser: former === session.userName ? undefined : former };
}

export function useSessionState(): Handle {
  const [state, setState] = useState<SessionState>({ is: 'loading' });
  const queries = useQueryClient();

  const adopt = useCallback(
    (session: Session) => {
      const before = getIdentity();
      setIdentity(session);
      setState((now) => entered(now, session));
      if (before === undefined || before.userId === session.userId) return;
      queries.removeQueries({ type: 'inactive' });
      void queries.invalidateQueries();
    },
    [queries],
  );

  const restore = useCallback(async () => {
    try {
      adopt(await readSession());
    } catch (error) {
      setState(isOver(error) ? { is: 'out' } : { is: 'failed', message: messageOf(error) });
    }
  }, [adopt]);

  const reread = useCallback(async () => {
    try {
      adopt(await readSession());
    } catch (error) {
      if (isOver(error)) setState(expire);
    }
  }, [adopt]);

  useEffect(() => {
    void restore();
    setUnauthorisedListener(() => setState(expire));
    setIdentityReader(reread);
    return onOtherTab(() => void reread().then(() => queries.invalidateQueries()));
  }, [queries, restore, reread]);

  useEffect(() => {
    if (state.is !== 'failed') return undefined;
    const again = setTimeout(() => void restore(), AGAIN_MS);
    return () => clearTimeout(again);
  }, [state, restore]);

  const enter = useCallback(
    (session: Session) => {
      adopt(session);
      tellOtherTabs();
      void queries.invalidateQueries();
    },
    [adopt, queries],
  );

  const leave = useCallback(async () => {
    await logOut();
    setIdentity(undefined);
    setState({ is: 'out' });
    queries.clear();
    tellOtherTabs();
  }, [queries]);

  const forgetFormerUser = useCallback(
    () => setState((now) => (now.is === 'in' ? { ...now, formerUser: undefined } : now)),
    [],
  );

  return { state, restore, enter, leave, reread, forgetFormerUser };
}
