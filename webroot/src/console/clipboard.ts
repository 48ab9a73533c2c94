import type { Vm } from '../core/api/types';

/** QEMU ends the connection of a viewer that sends more than 1 MiB; a character is three bytes at most. */
export const MOST_CHARACTERS = 300_000;

/** Why nothing can be shared with the guest as it runs now, or nothing where it can. */
export function notShared({ clipboard, pending }: Pick<Vm, 'clipboard' | 'pending'>): string | undefined {
  const now = pending.find(({ field }) => field === 'clipboard')?.now;
  if (now === undefined ? clipboard : now === 'true') return undefined;
  return clipboard
    ? 'This VM shares a clipboard from its next start on (not by a reboot inside the guest).'
    : 'This VM shares no clipboard. Switch it on in its settings, and start the VM anew.';
}
