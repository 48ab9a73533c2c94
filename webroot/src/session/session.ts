import { createContext, use } from 'react';
import { api, reportUnauthorised, unwrap } from '../core/api/client';
import { ApiError } from '../core/api/problem';
import type { Session } from '../core/api/types';

export function readSession(): Promise<Session> {
  return unwrap(api.GET('/session'));
}

/** Asks for the password again when the session is over; the event stream itself cannot tell why it was refused. */
export function checkSession(): void {
  readSession().catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 401) reportUnauthorised();
  });
}

export function logIn(userName: string, password: string): Promise<Session> {
  return unwrap(api.POST('/session', { body: { userName, password } }));
}

export async function logOut(): Promise<void> {
  await unwrap(api.DELETE('/session'));
}

export async function changePassword(oldPassword: string, newPassword: string): Promise<void> {
  await unwrap(api.PUT('/session/password', { body: { oldPassword, newPassword } }));
}

export interface SessionHandle {
  session: Session;
  logOut: () => Promise<void>;
  /** Reads the session again, for example after the password was changed. */
  refresh: () => Promise<void>;
  /** Who this tab acted as before somebody else logged in; until the user has seen it. */
  formerUser: string | undefined;
  forgetFormerUser: () => void;
}

export const SessionContext = createContext<SessionHandle | undefined>(undefined);

export function useSession(): SessionHandle {
  const handle = use(SessionContext);
  if (!handle) throw new Error('There is no session here.');
  return handle;
}
