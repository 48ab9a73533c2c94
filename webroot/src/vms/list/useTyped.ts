import { useEffect, useState } from 'react';
import { useSettled } from '../../core/layout/useSettled';

/**
 * What stands in a search field. `said` is what was searched for last: where that changes by itself, as by going back, it is what stands
 * there; `say` is called when somebody has stopped typing.
 */
export function useTyped(said: string, say: (typed: string) => void): [string, (typed: string) => void] {
  const [field, setField] = useState({ text: said, said });
  if (field.said !== said) setField({ text: field.text.trim() === said ? field.text : said, said });
  const settled = useSettled(field.text);
  useEffect(() => {
    if (settled === field.text && settled.trim() !== said) say(settled.trim());
  }, [settled, field.text, said, say]);
  return [field.text, (text) => setField({ text, said })];
}
