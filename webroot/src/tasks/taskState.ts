import type { Task } from '../core/api/types';
import type { Tone } from '../core/layout/StateLabel';

interface StateText {
  text: string;
  tone: Tone;
  busy?: boolean;
}

const STATES: Record<Task['state'], StateText> = {
  QUEUED: { text: 'Queued', tone: 'info' },
  RUNNING: { text: 'Running', tone: 'info', busy: true },
  UNDOING: { text: 'Undoing', tone: 'warning', busy: true },
  SUCCEEDED: { text: 'Succeeded', tone: 'success' },
  FAILED: { text: 'Failed', tone: 'danger' },
  CANCELLED: { text: 'Cancelled', tone: 'warning' },
};

export function taskState(task: Pick<Task, 'state' | 'cancelRequested'>): StateText {
  if (task.cancelRequested && task.state === 'RUNNING') return { text: 'Cancelling', tone: 'warning', busy: true };
  return STATES[task.state];
}
