import { nameError } from '../../core/form/names';

const MOST = 100;
const RUN = /^([^{}]*)\{(\d{1,9})\.\.(\d{1,9})\}([^{}]*)$/;

type Named = { names: readonly string[]; error?: undefined } | { names?: undefined; error: string };

/** The names of clones: one, or many with a run of numbers in it, as in "web-{01..20}", all as wide as its first one is. */
export function cloneNames(text: string): Named {
  const names = expanded(text);
  if (typeof names === 'string') return { error: names };
  const wrong = names.map(nameError).find((error) => error !== undefined);
  return wrong === undefined ? { names } : { error: wrong };
}

function expanded(text: string): readonly string[] | string {
  if (!/[{}]/.test(text)) return [text];
  const [, before = '', first = '', last = '', behind = ''] = RUN.exec(text) ?? [];
  if (first === '') return 'Many clones have one run of numbers in their name, as in web-{01..20}.';
  const count = Number(last) - Number(first) + 1;
  if (count < 1 || count > MOST) return `The run has to go up and have at most ${MOST} numbers.`;
  return Array.from(
    { length: count },
    (_none, i) => before + String(Number(first) + i).padStart(first.length, '0') + behind,
  );
}

const SHOWN = 4;

/** The names in a line, the first ones and the last one where they are many. */
export function inShort(names: readonly string[]): string {
  if (names.length <= SHOWN + 1) return names.join(', ');
  return `${names.slice(0, SHOWN).join(', ')} … ${names[names.length - 1]} (${names.length} clones)`;
}
