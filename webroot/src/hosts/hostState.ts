import type { Host } from '../core/api/types';
import type { Tone } from '../core/layout/StateLabel';

const STATES: Record<Host['state'], { text: string; tone: Tone }> = {
  UP: { text: 'Up', tone: 'success' },
  SUSPECT: { text: 'Not heard of lately', tone: 'warning' },
  DOWN: { text: 'Down', tone: 'danger' },
};

export function hostState(host: Pick<Host, 'state'>): { text: string; tone: Tone } {
  return STATES[host.state];
}

/** How guests run there: KVM, or emulation with its reason, which is what one has to mend. */
export function acceleration(host: Pick<Host, 'capabilities'>): { text: string; tone: Tone; reason: string } {
  const { capabilities } = host;
  if (!capabilities) return { text: 'Not known yet', tone: 'neutral', reason: 'The host has not reported it.' };
  const reason = capabilities.acceleratorReason;
  if (capabilities.accelerator === 'KVM') return { text: 'KVM', tone: 'success', reason };
  return { text: 'Emulated (TCG)', tone: 'warning', reason };
}
