import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../core/api/client';
import { pageQuery } from '../core/api/pages';
import type { AuditEntry } from '../core/api/types';
import type { Tone } from '../core/layout/StateLabel';

const PAGE = 100;

/** The log is no part of the event stream: it is read whenever the page is opened or asks. */
export function useAudit(cursor: string | undefined) {
  return useQuery({
    queryKey: ['audit', cursor ?? ''],
    queryFn: () => unwrap(api.GET('/audit', { params: { query: pageQuery(cursor, PAGE) } })),
    staleTime: 0,
    placeholderData: (before) => before,
  });
}

/** "createVm" in words: "Create VM"; without it, the request itself. */
export function auditAction(entry: Pick<AuditEntry, 'action' | 'details'>): string {
  const { operation } = entry.details;
  if (!operation) return entry.action;
  const spoken = operation
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\bvm\b/g, 'VM');
  return spoken.charAt(0).toUpperCase() + spoken.slice(1);
}

/** How it ended, from the answer's status. */
export function auditOutcome(entry: Pick<AuditEntry, 'outcome' | 'details'>): { text: string; tone: Tone } {
  const { outcome } = entry;
  if (outcome < 300) return { text: outcome === 202 ? 'Accepted' : 'Done', tone: 'success' };
  if (outcome >= 500) return { text: 'Failed', tone: 'danger' };
  const texts: Record<number, string> = {
    401: entry.details.operation === 'logIn' ? 'Wrong log-in' : 'Not logged in',
    403: 'Not allowed',
    409: 'Conflict',
    412: 'Changed meanwhile',
    429: 'Too many attempts',
  };
  return { text: texts[outcome] ?? 'Refused', tone: 'warning' };
}

const PLACES: readonly (readonly [RegExp, (id: string) => string])[] = [
  [/\/vms\b/, (id) => `/vms/${id}`],
  [/\/hosts\b/, (id) => `/hosts/${id}`],
  [/\/images\b/, () => '/images'],
  [/\/(pools|volumes)\b/, () => '/storage'],
  [/\/tasks\b/, () => '/tasks'],
];

/** Where the thing that was changed has its page. */
export function auditTargetPath(entry: Pick<AuditEntry, 'action' | 'targetId'>): string | undefined {
  const { targetId } = entry;
  return targetId && PLACES.find(([place]) => place.test(entry.action))?.[1](targetId);
}

/** What else was noted, without what other columns say. */
export function auditDetails(entry: Pick<AuditEntry, 'details'>): string {
  return Object.entries(entry.details)
    .filter(([key]) => !['operation', 'operationId', 'name'].includes(key))
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ');
}
