import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import type { ComponentType, ReactNode } from 'react';

interface Props {
  title: string;
  icon?: ComponentType;
  body?: ReactNode;
  /** The next step. */
  action?: ReactNode;
}

/** A truly empty list, leading to the next step. */
export function NothingYet({ title, icon, body, action }: Props) {
  return (
    <EmptyState headingLevel="h2" titleText={title} {...(icon ? { icon } : {})}>
      {body && <EmptyStateBody>{body}</EmptyStateBody>}
      {action && (
        <EmptyStateFooter>
          <EmptyStateActions>{action}</EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
}
