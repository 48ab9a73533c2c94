import { WizardNav } from '@patternfly/react-core';
import { AsteriskIcon, CheckCircleIcon, ExclamationCircleIcon } from '@patternfly/react-icons';
import type { KeyboardEvent, ReactNode } from 'react';
import { STEPS, type StepId, type StepState } from './steps';

const SHOWN: Record<StepState, { said: string; icon: ReactNode; modifier: string }> = {
  wrong: { said: 'something in it is wrong', icon: <ExclamationCircleIcon />, modifier: 'pf-m-danger' },
  needed: { said: 'something in it is needed', icon: <AsteriskIcon />, modifier: 'lqx-step-needed' },
  done: { said: 'complete', icon: <CheckCircleIcon />, modifier: 'pf-m-success' },
  open: { said: '', icon: null, modifier: '' },
};

const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Arrows, Home and End move through the list without going to a step. */
function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
  const move = MOVES[event.key];
  if (!move) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  buttons[move(at, buttons.length)]?.focus();
}

interface Props {
  current: StepId;
  stateOf: (step: StepId) => StepState;
  onGo: (step: StepId) => void;
}

/** All steps, each with what is missing or wrong in it; one can go to any of them at any time. */
export function StepList({ current, stateOf, onGo }: Props) {
  return (
    <div className="pf-v6-c-wizard lqx-steps">
      <WizardNav aria-label="Steps of the new VM" onKeyDown={onKeyDown} isExpanded>
        {STEPS.map(({ id, name }) => {
          const { said, icon, modifier } = SHOWN[stateOf(id)];
          const isCurrent = id === current;
          return (
            <li key={id} className="pf-v6-c-wizard__nav-item">
              <button
                type="button"
                id={`vm-to-${id}`}
                className={`pf-v6-c-wizard__nav-link ${isCurrent ? 'pf-m-current' : ''} ${modifier}`}
                aria-current={isCurrent ? 'step' : undefined}
                onClick={() => onGo(id)}
              >
                {icon && (
                  <span className="pf-v6-c-wizard__nav-link-status-icon" aria-hidden>
                    {icon}
                  </span>
                )}
                <span className="pf-v6-c-wizard__nav-link-main">
                  {name}
                  {said && <span className="pf-v6-screen-reader">, {said}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </WizardNav>
    </div>
  );
}
