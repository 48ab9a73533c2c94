import { Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { nameOf, type StepId } from './steps';

export const stepElementId = (step: StepId): string => `vm-step-${step}`;

interface Props {
  id: StepId;
  current: StepId;
  children: ReactNode;
}

/** One step; the others keep what is unfolded in them while they are hidden. */
export function Step({ id, current, children }: Props) {
  const heading = `${stepElementId(id)}-heading`;
  return (
    <section
      id={stepElementId(id)}
      aria-labelledby={heading}
      hidden={id !== current}
      className="pf-v6-c-form lqx-form lqx-step"
    >
      <Title id={heading} headingLevel="h2" tabIndex={-1}>
        {nameOf(id)}
      </Title>
      {children}
    </section>
  );
}
