import type { ConsoleKind } from './ticket';

/** A console that is open in the page of consoles. */
export interface OpenConsole {
  vmId: string;
  kind: ConsoleKind;
}

const WORDS: Readonly<Record<ConsoleKind, string>> = { VNC: 'screen', SERIAL: 'serial' };

/** How an open console is named in the page's address. */
export const consoleKey = ({ vmId, kind }: OpenConsole): string => `${vmId}.${WORDS[kind]}`;

function parse(key: string): OpenConsole | undefined {
  const [vmId = '', word] = key.split('.');
  if (vmId === '') return undefined;
  if (word === WORDS.VNC) return { vmId, kind: 'VNC' };
  return word === WORDS.SERIAL ? { vmId, kind: 'SERIAL' } : undefined;
}

/** What the page shows: the open consoles, each once, and the one in front; none in front is the overview. */
export interface Desk {
  open: readonly OpenConsole[];
  front: OpenConsole | undefined;
}

export function deskOf(query: URLSearchParams): Desk {
  const keys = [...new Set((query.get('open') ?? '').split(','))];
  const open = keys.map(parse).filter((one) => one !== undefined);
  const front = query.get('front');
  return { open, front: open.find((one) => consoleKey(one) === front) };
}

export function queryOf({ open, front }: Desk): string {
  const query = new URLSearchParams({ open: open.map(consoleKey).join(',') });
  if (front) query.set('front', consoleKey(front));
  return query.toString();
}

/** The desk with this console open and in front. */
export function opened(desk: Desk, one: OpenConsole): Desk {
  const known = desk.open.find((other) => consoleKey(other) === consoleKey(one));
  return known ? { ...desk, front: known } : { open: [...desk.open, one], front: one };
}

/** The desk without it; what was in front stays there, else the overview comes. */
export function closed(desk: Desk, key: string): Desk {
  const open = desk.open.filter((one) => consoleKey(one) !== key);
  return { open, front: desk.front && consoleKey(desk.front) !== key ? desk.front : undefined };
}

/** Where a VM's console has a page of its own. */
export const consolePath = (one: OpenConsole): string =>
  `/consoles?${queryOf(opened({ open: [], front: undefined }, one))}`;
