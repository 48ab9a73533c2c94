// What happened to VMs, as one list.
import { json, problem } from './api.mjs';
import { ago, id } from './data.mjs';

let events = 0;
export const vmEvent = (vmName, kind, seconds, text, more = {}) => ({
  ...{ id: `EVENT-${++events}`, vmId: id(`vm ${vmName}`), at: ago(seconds), category: 'EVENT' },
  ...{ kind, name: vmName, text },
  ...more,
});

export const eventsOfVms = () => [
  vmEvent('web-1', 'STARTED', 200, 'It was started on its host, not by LimiQuantix (libvirt says: booted).'),
  vmEvent('web-1', 'CRASHED', 400, 'It ended unexpectedly (libvirt says: crashed). Its disks are kept.', {
    times: 12,
    lastAt: ago(210),
  }),
  vmEvent('web-1', 'FOUND_AGAIN', 7000, 'Its host tells of it again. It is running, as before.'),
  vmEvent(
    'web-1',
    'BECAME_UNKNOWN',
    7300,
    'Nobody can say how the VM is, because its host has not reported for more than 90 s. It may still be running there.',
  ),
  vmEvent(
    'web-1',
    'PAUSED_BY_IO_ERROR',
    90_000,
    'Its guest was paused because a disk could not be read or written. Look at the pool, then resume the VM.',
  ),
  vmEvent('web-1', 'STOPPED_INSIDE', 200_000, 'Its guest shut itself down.'),
  vmEvent('deleted', 'CRASHED', 900, 'It ended unexpectedly (libvirt says: crashed). Its disks are kept.'),
];

const STATES = { QUEUED: 'UNDER_WAY', RUNNING: 'UNDER_WAY', UNDOING: 'UNDER_WAY' };
const ofTask = (task) => ({
  ...{ id: `TASK-${task.id}`, at: task.createdAt, category: 'TASK', kind: task.kind, name: task.targetName },
  ...{ by: task.actor, outcome: STATES[task.state] ?? task.state, taskId: task.id },
  ...(task.failure ? { text: task.failure.message } : {}),
  ...(task.startedAt ? { startedAt: task.startedAt } : {}),
  ...(task.endedAt ? { endedAt: task.endedAt } : {}),
});

const outcomeOf = (status) => (status >= 500 ? 'FAILED' : status >= 400 ? 'REFUSED' : 'SUCCEEDED');
const ofAction = (entry) => ({
  ...{ id: `ACTION-${entry.details.operationId}`, at: entry.at, category: 'ACTION', kind: entry.details.operation },
  ...{ by: entry.userName, outcome: outcomeOf(entry.outcome) },
  ...(entry.details.name ? { name: entry.details.name } : {}),
});

export function historyAnswer(state, vmId, query) {
  const all = [
    ...(state.vmEvent ?? []).filter((event) => event.vmId === vmId),
    ...state.task.filter((task) => task.targetId === vmId).map(ofTask),
    ...state.audit.filter((entry) => entry.targetId === vmId && entry.outcome !== 202).map(ofAction),
  ];
  if (all.length === 0 && !state.vm.some((vm) => vm.id === vmId))
    return problem(404, 'NOT_FOUND', 'There is no such virtual machine, and nothing is kept of one that was.');
  const wanted = ({ at, category, kind, by }) =>
    (!query.has('category') || query.get('category') === category) &&
    (!query.has('kinds') || query.get('kinds').split(',').includes(kind)) &&
    (!query.has('by') || query.get('by').toLowerCase() === by?.toLowerCase()) &&
    (!query.has('from') || at >= query.get('from'));
  const found = all.filter(wanted).sort((a, b) => b.at.localeCompare(a.at));
  const from = Number(query.get('cursor') ?? 0);
  const to = from + Number(query.get('limit') ?? 100);
  return json(200, { items: found.slice(from, to), ...(to < found.length ? { nextCursor: String(to) } : {}) });
}
