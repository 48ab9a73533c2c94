import { createContext, use } from 'react';
import { messageOf } from '../../core/api/problem';
import type { Task, UnmanagedVm } from '../../core/api/types';
import { isActive } from '../../tasks/tasks';

/** What became of an adoption that was asked for on this page. */
export type Adoption = { state: 'running' } | { state: 'done' } | { state: 'failed'; reason: string };

export interface Adoptions {
  of: (vm: UnmanagedVm) => Adoption | undefined;
  onBegun: (vm: UnmanagedVm, taskId: string) => void;
  onRefused: (vm: UnmanagedVm, reason: string) => void;
}

const NOTHING = (): undefined => undefined;

export const AdoptionsContext = createContext<Adoptions>({ of: NOTHING, onBegun: NOTHING, onRefused: NOTHING });

export const useAdoptions = (): Adoptions => use(AdoptionsContext);

/** What became of it, by its task or by why that could not be read. */
export function adoptionBy(task: Pick<Task, 'state' | 'failure'> | undefined, error: unknown): Adoption {
  if (!task && error !== undefined)
    return { state: 'failed', reason: `What became of its adoption is not known: ${messageOf(error)}` };
  if (!task || isActive(task)) return { state: 'running' };
  if (task.state === 'SUCCEEDED') return { state: 'done' };
  return { state: 'failed', reason: task.failure?.message ?? 'Its adoption was cancelled.' };
}

/** Why a domain cannot be asked to be adopted now; undefined where it can be. */
export function whyNot({ reasons }: UnmanagedVm, adoption: Adoption | undefined): string | undefined {
  if (adoption?.state === 'running') return 'It is being adopted.';
  if (adoption?.state === 'done') return 'It has been adopted.';
  return reasons.length === 0 ? undefined : reasons.join(' ');
}
