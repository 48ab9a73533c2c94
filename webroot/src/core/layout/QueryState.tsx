import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  Skeleton,
} from '@patternfly/react-core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { messageOf } from '../api/problem';

interface Props<T> {
  query: UseQueryResult<T>;
  /** What is being read, as in "The images could not be read". */
  what: string;
  children: (data: T) => ReactNode;
}

/** Shows a skeleton while reading, the failure with a way to try again, or the data. */
export function QueryState<T>({ query, what, children }: Props<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) {
    return (
      <EmptyState status="danger" headingLevel="h2" titleText={`The ${what} could not be read`}>
        <EmptyStateBody>{messageOf(query.error)}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={() => void query.refetch()} isLoading={query.isFetching}>
              Try again
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    );
  }
  return (
    <div role="status" aria-label={`Reading the ${what}`} className="lqx-skeletons">
      {[92, 78, 85, 64, 71].map((width) => (
        <Skeleton key={width} width={`${width}%`} height="1.75rem" />
      ))}
    </div>
  );
}
