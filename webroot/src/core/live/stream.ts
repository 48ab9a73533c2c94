import { notifyManager, type QueryClient } from '@tanstack/react-query';
import type { ChangeEvent, Task } from '../api/types';
import { itemKey, listKey } from './collection';
import { GatheredChanges } from './gathered';
import { journal } from './journal';
import { applyChange, isStale, parseChange, type Identified } from './merge';
import { PageRefresher } from './pages';
import { KINDS, type Broken } from './sharedSource';
import { Tab } from './tab';

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

/** Shorter breaks are not worth a banner. */
const LOST_AFTER_MS = 2500;
/** A first answer may take longer than a break. */
const FIRST_OPEN_MS = 5000;

/** Follows the server's changes until closed; reads everything again whenever the stream begins anew. */
export function followChanges(queries: QueryClient, listeners: Listeners): () => void {
  let lost: ReturnType<typeof setTimeout> | undefined;
  const pages = new PageRefresher(queries);

  const gathered = new GatheredChanges((changes) =>
    notifyManager.batch(() => {
      for (const event of changes) {
        applyToCache(queries, event);
        pages.apply(event);
      }
    }),
  );

  const onChange = (data: string): void => {
    const event = parseChange(data);
    if (!event) return;
    journal.record(event);
    gathered.add(event);
    if (event.kind === 'task' && event.resource) listeners.onTask(event.resource as unknown as Task);
  };
  const refetchAll = (): void => {
    journal.clear();
    gathered.clear();
    for (const kind of KINDS) void queries.invalidateQueries({ queryKey: [kind] });
  };
  const onOpen = (): void => {
    clearTimeout(lost);
    lost = undefined;
    listeners.onState('open');
    // What was read before the stream opened may be older than its beginning.
    refetchAll();
  };
  const onBroken = ({ refused }: Broken): void => {
    lost ??= setTimeout(() => listeners.onState('lost'), LOST_AFTER_MS);
    if (refused) listeners.onRefused();
  };

  listeners.onState('connecting');
  lost = setTimeout(() => listeners.onState('lost'), FIRST_OPEN_MS);
  const tab = new Tab((signal) => {
    if (signal.type === 'open') onOpen();
    else if (signal.type === 'change') onChange(signal.data);
    else if (signal.type === 'reset') refetchAll();
    else onBroken(signal);
  });
  return () => {
    clearTimeout(lost);
    gathered.clear();
    pages.stop();
    tab.close();
  };
}
