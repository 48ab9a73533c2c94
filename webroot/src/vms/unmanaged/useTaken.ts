import { useQueries } from '@tanstack/react-query';
import { api, unwrap } from '../../core/api/client';
import { nameError } from '../../core/form/names';
import { useSettled } from '../../core/layout/useSettled';

/** The search finds parts of names, by name: what begins with the name comes before nearly all that only has it inside. */
const ENOUGH = 100;

async function hasVm(name: string): Promise<boolean> {
  const query = { search: name, limit: ENOUGH };
  const { items } = await unwrap(api.GET('/vms', { params: { query } }));
  return items.some((vm) => vm.name.toLowerCase() === name.toLowerCase());
}

interface Taken {
  isTaken: (name: string) => boolean;
  /** Whether it is known of all. What cannot be asked is left to the server, which refuses it. */
  known: boolean;
}

/** Which of these names VMs have, asked once somebody has stopped typing. */
export function useTaken(names: readonly string[]): Taken {
  const typed = [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => nameError(name) === undefined);
  // As a text, which is the same for the same names.
  const settled = useSettled(typed.join(' '));
  const asked = settled === '' ? [] : settled.split(' ');
  const answers = useQueries({
    queries: asked.map((name) => ({
      queryKey: ['vm-has-name', name],
      queryFn: () => hasVm(name),
      staleTime: 0,
      gcTime: 0,
    })),
  });
  const taken = new Set(asked.filter((_name, i) => answers[i]?.data === true));
  return {
    isTaken: (name) => taken.has(name.toLowerCase()),
    known: settled === typed.join(' ') && answers.every(({ isPending }) => !isPending),
  };
}
