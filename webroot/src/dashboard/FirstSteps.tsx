import { ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { LinkButton } from '../core/layout/LinkButton';
import { DashboardCard } from './DashboardCard';
import type { Step } from './summary';

/** Leads a new installation to its first VM; gone once there is one. */
export function FirstSteps({ steps }: { steps: readonly Step[] }) {
  const next = steps.findIndex((step) => !step.done);
  if (next < 0) return null;
  return (
    <DashboardCard title="Getting started">
      <ProgressStepper isVertical aria-label="Steps to the first virtual machine">
        {steps.map((step, index) => (
          <ProgressStep
            key={step.title}
            id={`step-${index + 1}`}
            titleId={`step-${index + 1}-title`}
            variant={step.done ? 'success' : index === next ? 'info' : 'pending'}
            isCurrent={index === next}
            aria-label={step.done ? `${step.title}: done` : step.title}
            description={step.done ? undefined : step.body}
          >
            {step.title}
          </ProgressStep>
        ))}
      </ProgressStepper>
      {steps[next]?.link && (
        <p className="lqx-step-link">
          <LinkButton to={steps[next].link.to}>{steps[next].link.label}</LinkButton>
        </p>
      )}
    </DashboardCard>
  );
}
