import type { QueryClient } from '@tanstack/react-query';
import { API_BASE } from '../api/client';
import type { ChangeEvent, ChangeKind, Task } from '../api/types';
import { itemKey, listKey } from './collection';
import { journal } from './journal';
import { applyChange, isStale, parseChange, type Identified } from './merge';
import { PageRefresher } from './pages';

const KINDS: readonly ChangeKind[] = ['vm', 'host', 'pool', 'volume', 'image', 'task'];

export type StreamState = 'connecting' | 'open' | 'lost';

interface Listeners {
  onState: (state: StreamState) => void;
  onTask: (task: Task) => void;
  /** The server refuses the stream: the session may be over. */
  onRefused: () => void;
}

/** Puts one change into the cache: the list that holds it and the page that shows it. */
export function applyToCache(queries: QueryClient, event: ChangeEvent): void {
  queries.setQueryData<readonly Identified[]>(listKey(event.kind), (items) => items && applyChange(items, event));
  const key = itemKey(event.kind, event.id);
  if (event.change === 'deleted') {
    void queries.invalidateQueries({ queryKey: key, exact: true });
  } else if (event.resource) {
    const resource = event.resource as unknown as Identified;
    queries.setQueryData<Identified>(key, (known) => (known && !isStale(known, resource) ? resource : known));
  } else {
    void queries.invalidateQueries({ queryKey: key, exact: true });
    void queries.invalidateQueries({ queryKey: listKey(event.kind), exact: true });
  }
}

const RETRY_MS = 3000;
/** Shorter breaks are not worth a banner. */
const LOST_AFTER_MS = 2500;

/** Follows the server's changes until closed; reconnects by itself and reads everything again after a gap. */
export function followChanges(queries: QueryClient, listeners: Listeners): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let lost: ReturnType<typeof setTimeout> | undefined;
  let openedBefore = false;
  const pages = new PageRefresher(queries);

  const onChange = (message: MessageEvent<string>): void => {
    const event = parseChange(message.data);
    if (!event) return;
    journal.record(event);
    applyToCache(queries, event);
    pages.apply(event);
    if (event.kind === 'task' && event.resource) listeners.onTask(event.resource as unknown as Task);
  };
  const refetchAll = (): void => {
    journal.clear();
    for (const kind of KINDS) void queries.invalidateQueries({ queryKey: [kind] });
  };
  const onOpen = (): void => {
    clearTimeout(lost);
    lost = undefined;
    listeners.onState('open');
    if (openedBefore) refetchAll();
    openedBefore = true;
  };
  const onError = (): void => {
    lost ??= setTimeout(() => listeners.onState('lost'), LOST_AFTER_MS);
    // The browser retries a broken stream by itself, but gives up for good on an answer that is no stream.
    if (source?.readyState === EventSource.CLOSED) {
      listeners.onRefused();
      clearTimeout(retry);
      retry = setTimeout(connect, RETRY_MS);
    }
  };
  function connect(): void {
    source?.close();
    source = new EventSource(`${API_BASE}/events`);
    for (const kind of KINDS) source.addEventListener(kind, onChange);
    source.addEventListener('reset', refetchAll);
    source.addEventListener('open', onOpen);
    source.addEventListener('error', onError);
  }

  listeners.onState('connecting');
  connect();
  return () => {
    clearTimeout(retry);
    clearTimeout(lost);
    pages.stop();
    source?.close();
  };
}
