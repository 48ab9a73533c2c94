import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { Errors } from './validate';

interface Props {
  title: string;
  /** Which fields are in it, so that one that is wrong is seen. */
  holds: RegExp;
  errors: Errors;
  children: ReactNode;
}

/** Fields that most people leave as they are. */
export function MoreFields({ title, holds, errors, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const isWrong = Object.entries(errors).some(([field, error]) => error !== undefined && holds.test(field));
  return (
    <ExpandableSection
      toggleText={title}
      isExpanded={isOpen || isWrong}
      isIndented
      onToggle={(_event, next) => setOpen(next)}
    >
      <div className="lqx-stacked-fields">{children}</div>
    </ExpandableSection>
  );
}
