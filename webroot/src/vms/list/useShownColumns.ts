import { useState } from 'react';
import { useSession } from '../../session/session';
import { CHOICES, USUAL, type Choice } from './columns';

const stored = (userId: string): string => `limiquantix.vm-columns.${userId}`;

function read(userId: string): readonly Choice[] {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(stored(userId)) ?? '');
    return Array.isArray(names) ? CHOICES.filter((choice) => names.includes(choice)) : USUAL;
  } catch {
    return USUAL;
  }
}

/** Which columns the user wants to see; this browser keeps that. */
export function useShownColumns(): [readonly Choice[], (chosen: readonly Choice[]) => void] {
  const { userId } = useSession().session;
  const [chosen, setChosen] = useState(() => ({ userId, choices: read(userId) }));
  if (chosen.userId !== userId) setChosen({ userId, choices: read(userId) });
  const choose = (choices: readonly Choice[]): void => {
    setChosen({ userId, choices });
    try {
      localStorage.setItem(stored(userId), JSON.stringify(choices));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  };
  return [chosen.choices, choose];
}
