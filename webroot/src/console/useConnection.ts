import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { messageOf } from '../core/api/problem';
import type { ConsoleTicket, Vm } from '../core/api/types';
import { takeTicket, type ConsoleKind } from './ticket';

export type ConsoleStatus =
  { is: 'connecting' } | { is: 'connected' } | { is: 'closed'; reason: string } | { is: 'off' };

interface Open {
  close: () => void;
}

/** Opens one connection in an element; must call `onOpen` or `onClosed` in the end, not both at once. */
export type Opener = (
  element: HTMLElement,
  ticket: ConsoleTicket,
  on: { open: () => void; closed: (reason: string) => void },
) => Open;

const RETRY_MS = 2500;
const RETRIES = 4;
/** The server accepts a connection before it has asked the host; one that lasts so long really works. */
const STEADY_MS = 5000;

interface Connection {
  status: ConsoleStatus;
  element: RefObject<HTMLDivElement | null>;
  reconnect: () => void;
}

/**
 * Keeps a console connected while its VM is on, also where that moves to another host; gives up after a few failures in a row until asked.
 */
export function useConnection(
  { id: vmId, hostId }: Pick<Vm, 'id' | 'hostId'>,
  kind: ConsoleKind,
  isOn: boolean,
  opener: Opener,
): Connection {
  const element = useRef<HTMLDivElement>(null);
  const failures = useRef(0);
  const lastHost = useRef(hostId);
  const [attempt, setAttempt] = useState(0);
  const [status, setStatus] = useState<ConsoleStatus>({ is: 'connecting' });

  useEffect(() => {
    const target = element.current;
    if (!isOn || !target) return undefined;
    // Those failures were the former host's.
    if (lastHost.current !== hostId) failures.current = 0;
    lastHost.current = hostId;
    let ended = false;
    let open: Open | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let steady: ReturnType<typeof setTimeout> | undefined;
    const closed = (reason: string): void => {
      if (ended) return;
      clearTimeout(steady);
      setStatus({ is: 'closed', reason });
      failures.current++;
      if (failures.current <= RETRIES) retry = setTimeout(() => setAttempt((now) => now + 1), RETRY_MS);
    };
    const opened = (): void => {
      if (ended) return;
      steady = setTimeout(() => (failures.current = 0), STEADY_MS);
      setStatus({ is: 'connected' });
    };
    const connect = async (): Promise<void> => {
      setStatus({ is: 'connecting' });
      try {
        const ticket = await takeTicket(vmId, kind);
        // The component may have gone while the ticket was on its way.
        if (!ended) open = opener(target, ticket, { open: opened, closed });
      } catch (error) {
        closed(messageOf(error));
      }
    };
    void connect();
    return () => {
      ended = true;
      clearTimeout(retry);
      clearTimeout(steady);
      open?.close();
    };
  }, [vmId, hostId, kind, isOn, opener, attempt]);

  const reconnect = useCallback(() => {
    failures.current = 0;
    setAttempt((now) => now + 1);
  }, []);
  return { status: isOn ? status : { is: 'off' }, element, reconnect };
}
