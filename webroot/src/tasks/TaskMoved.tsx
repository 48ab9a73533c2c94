import { useEffect, useState } from 'react';
import { useNow } from '../core/layout/useNow';
import { PaceMeter, type Pace } from '../core/upload/pace';
import { movedText, type Moved } from './moved';

const LOOK_MS = 1000;

/** The pace of what is told from time to time. */
function usePace(bytes: number): Pace | undefined {
  const [meter] = useState(() => new PaceMeter());
  const [pace, setPace] = useState<Pace>();
  useEffect(() => setPace(meter.hear(bytes)), [meter, bytes]);
  return pace;
}

/** What a task that is under way has moved. */
export function TaskMoved({ moved }: { moved: Moved }) {
  const pace = usePace(moved.bytes);
  const now = useNow(LOOK_MS);
  return <span className="lqx-subtle">{movedText(moved, pace, now)}</span>;
}
