import {
  Alert,
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  Skeleton,
} from '@patternfly/react-core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError, messageOf } from '../api/problem';

interface Props<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'isError' | 'error' | 'isFetching'> & { refetch: () => Promise<unknown> };
  /** What is being read, as in "The images could not be read". */
  what: string;
  /** Inside a card, where there is little room. */
  compact?: boolean;
  children: (data: T) => ReactNode;
}

const WIDTHS = [92, 78, 85, 64, 71];

/** What somebody else could read before is not shown to a user who may not. */
const isForbidden = (error: unknown): boolean => error instanceof ApiError && error.status === 403;

/** Shows a skeleton while reading, the failure with a way to try again, or the data. */
export function QueryState<T>({ query, what, compact = false, children }: Props<T>) {
  if (query.data !== undefined && !isForbidden(query.error)) return <>{children(query.data)}</>;
  if (query.isError) {
    const title = `The ${what} could not be read`;
    const again = (
      <Button
        variant={compact ? 'link' : 'primary'}
        isInline={compact}
        isLoading={query.isFetching}
        onClick={() => void query.refetch()}
      >
        Try again
      </Button>
    );
    if (compact) {
      return (
        <Alert component="p" variant="danger" isInline isPlain title={title} actionLinks={again}>
          {messageOf(query.error)}
        </Alert>
      );
    }
    return (
      <EmptyState status="danger" headingLevel="h2" titleText={title}>
        <EmptyStateBody>{messageOf(query.error)}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>{again}</EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    );
  }
  return (
    <div role="status" aria-label={`Reading the ${what}`} className="lqx-skeletons">
      {(compact ? WIDTHS.slice(0, 3) : WIDTHS).map((width) => (
        <Skeleton key={width} width={`${width}%`} height="1.75rem" />
      ))}
    </div>
  );
}
