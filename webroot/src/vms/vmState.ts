import type { Vm } from '../core/api/types';

type Tone = 'success' | 'info' | 'warning' | 'danger' | 'neutral';

export interface StateText {
  text: string;
  tone: Tone;
  busy?: boolean;
}

/** What a domain does, in a word or two. */
export const POWER: Record<Vm['powerState'], StateText> = {
  RUNNING: { text: 'Running', tone: 'success' },
  PAUSED: { text: 'Paused', tone: 'info' },
  STOPPING: { text: 'Shutting down', tone: 'info', busy: true },
  SUSPENDED: { text: 'Suspended', tone: 'info' },
  STOPPED: { text: 'Stopped', tone: 'neutral' },
  CRASHED: { text: 'Crashed', tone: 'danger' },
  UNKNOWN: { text: 'Unknown', tone: 'warning' },
};

/** What a VM does, in a word or two; its phase counts before its power. */
export function vmState(vm: Pick<Vm, 'phase' | 'powerState' | 'activeTaskId' | 'template'>): StateText {
  if (vm.phase === 'CREATING') return { text: 'Creating', tone: 'info', busy: true };
  if (vm.phase === 'DELETING' && !vm.activeTaskId) return { text: 'Deletion failed', tone: 'danger' };
  if (vm.phase === 'DELETING') return { text: 'Deleting', tone: 'warning', busy: true };
  if (vm.phase === 'LOST') return { text: 'Lost', tone: 'danger' };
  if (vm.template && vm.powerState === 'STOPPED') return { text: 'Template', tone: 'neutral' };
  return POWER[vm.powerState];
}
