import { useEffect, useState } from 'react';
import { ApiError, messageOf } from '../core/api/problem';
import type { Session } from '../core/api/types';
import { logIn } from './session';

interface LogInState {
  busy: boolean;
  failure: string | undefined;
  /** Seconds until the server takes another attempt; 0 when it does now. */
  waitSeconds: number;
  submit: (userName: string, password: string) => Promise<void>;
}

/** What a failed log-in says; the count-down is shown apart. */
export function describeLogInFailure(error: unknown): string {
  if (error instanceof ApiError && error.status === 401) return 'The user name or the password is wrong.';
  if (error instanceof ApiError && error.status === 429) return 'Too many failed attempts.';
  return messageOf(error);
}

/** Logs in and counts down while the server refuses further attempts. */
export function useLogIn(onLoggedIn: (session: Session) => void): LogInState {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [waitSeconds, setWaitSeconds] = useState(0);
  const waiting = waitSeconds > 0;

  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setInterval(() => setWaitSeconds((left) => Math.max(0, left - 1)), 1000);
    return () => clearInterval(timer);
  }, [waiting]);

  const submit = async (userName: string, password: string): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      onLoggedIn(await logIn(userName, password));
    } catch (error) {
      setFailure(describeLogInFailure(error));
      if (error instanceof ApiError && error.status === 429) setWaitSeconds(error.retryAfterSeconds ?? 30);
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, waitSeconds, submit };
}
