import { Button } from '@patternfly/react-core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { messageOf } from '../api/problem';

type Query = Pick<UseQueryResult, 'data' | 'isError' | 'error' | 'isFetching'> & {
  refetch: () => Promise<unknown>;
};

/** Below a field that offers a list: that it is being read, that it could not be, with a way to try again, or the hint. */
export function listHint(query: Query, what: string, hint?: ReactNode): ReactNode {
  if (query.data !== undefined) return hint;
  if (!query.isError) return `Reading the ${what}…`;
  return (
    <span className="lqx-failure">
      The {what} could not be read. {messageOf(query.error)}{' '}
      <Button
        variant="link"
        isInline
        isLoading={query.isFetching}
        aria-label={`Try again to read the ${what}`}
        onClick={() => void query.refetch()}
      >
        Try again
      </Button>
    </span>
  );
}
