import { useEffect, useState } from 'react';
import { moveFocus, type Focus } from './focus';
import { STEPS, type StepId } from './steps';

interface Steps {
  current: StepId;
  /** Those that were left once: from then on what is wrong in them is shown. */
  seen: ReadonlySet<StepId>;
  /** Goes there; the keyboard goes along. */
  go: (step: StepId, to?: Focus['to']) => void;
  /** Shows what is wrong anywhere. */
  seeAll: () => void;
}

const ALL: ReadonlySet<StepId> = new Set(STEPS.map(({ id }) => id));

/** Where in the wizard one is. */
export function useSteps(): Steps {
  const [current, setCurrent] = useState<StepId>(STEPS[0].id);
  const [seen, setSeen] = useState<ReadonlySet<StepId>>(new Set());
  const [focus, setFocus] = useState<Focus>();
  // Each going is an object of its own, so that the same field is gone to again.
  useEffect(() => {
    if (focus) moveFocus(focus);
  }, [focus]);
  const seeAll = (): void => setSeen(ALL);
  const go = (step: StepId, to: Focus['to'] = 'heading'): void => {
    setSeen((now) => (step === 'review' ? ALL : new Set([...now, current])));
    setCurrent(step);
    setFocus({ step, to });
  };
  return { current, seen, go, seeAll };
}
