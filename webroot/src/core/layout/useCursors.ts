import { useCallback, useState } from 'react';

export interface Cursors {
  cursor: string | undefined;
  page: number;
  forward: (cursor: string) => void;
  back: () => void;
  restart: () => void;
}

/** Remembers the cursors of the pages before, as the server only knows the way forward. */
export function useCursors(): Cursors {
  const [trail, setTrail] = useState<readonly string[]>([]);
  return {
    cursor: trail.at(-1),
    page: trail.length + 1,
    forward: (cursor) => setTrail((before) => [...before, cursor]),
    back: () => setTrail((before) => before.slice(0, -1)),
    restart: useCallback(() => setTrail((before) => (before.length === 0 ? before : [])), []),
  };
}
