import { Button } from '@patternfly/react-core';
import type { useTasksBack } from './useTasksBack';

interface Props {
  query: ReturnType<typeof useTasksBack>;
  /** How many are shown of those that were read. */
  shown: number;
  read: number;
}

/** The way to older tasks, while there are some. */
export function FurtherBack({ query, shown, read }: Props) {
  if (!query.hasNextPage) return null;
  return (
    <p className="lqx-pager">
      <Button
        variant="secondary"
        isLoading={query.isFetchingNextPage}
        isDisabled={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        Look further back
      </Button>{' '}
      <span className="lqx-subtle" role="status">
        {`${shown} of the newest ${read} are shown.`}
      </span>
    </p>
  );
}
