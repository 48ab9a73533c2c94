import { api, unwrap } from '../core/api/client';
import type { ConsoleTicket } from '../core/api/types';

export type ConsoleKind = 'VNC' | 'SERIAL';

/** A ticket works once: every connection takes its own. */
export function takeTicket(vmId: string, kind: ConsoleKind): Promise<ConsoleTicket> {
  return unwrap(api.POST('/vms/{vmId}/consoles', { params: { path: { vmId } }, body: { kind } }));
}

/** Where to connect with a ticket: this server, whatever the page's address is. */
export function socketUrl(ticket: Pick<ConsoleTicket, 'path'>, location: Pick<Location, 'protocol' | 'host'>): string {
  const scheme = location.protocol === 'http:' ? 'ws:' : 'wss:';
  return `${scheme}//${location.host}/${ticket.path.replace(/^\/+/, '')}`;
}
