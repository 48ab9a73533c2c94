import { Button, Content } from '@patternfly/react-core';
import { ExchangeAltIcon } from '@patternfly/react-icons';
import { NothingYet } from '../../core/layout/NothingYet';
import { QueryState } from '../../core/layout/QueryState';
import { useList } from '../../core/live/collection';
import { mergeTasks } from '../../tasks/filter';
import { TaskTable } from '../../tasks/TaskTable';
import { tasks } from '../../tasks/tasks';
import { useTasksBack } from '../../tasks/useTasksBack';
import { TRANSFER_KINDS, transfersOf } from './transfersOf';

const NOTHING = (
  <NothingYet
    icon={ExchangeAltIcon}
    title="No image was moved yet"
    body="Uploads, imports, downloads from the web, exports and copies from pool to pool are shown here while they go on, and for 30 days after that."
  />
);

/** What brings images in, out and from pool to pool, whoever began it; what this browser sends has a card of its own besides. */
export function TransfersView() {
  const live = useList(tasks).data ?? [];
  const query = useTasksBack({ kinds: TRANSFER_KINDS });
  return (
    <QueryState query={query} what="transfers">
      {({ pages }) => {
        const read = pages.flatMap((page) => page.items);
        const rows = transfersOf(mergeTasks(live, read));
        if (rows.length === 0) return NOTHING;
        return (
          <>
            <Content component="p" className="lqx-subtle">
              What moved images, whoever began it. What this browser sends itself is shown on every page besides, until
              it is done.
            </Content>
            <TaskTable label="Transfers" rows={rows} />
            {query.hasNextPage && (
              <Button variant="link" isLoading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show older ones
              </Button>
            )}
          </>
        );
      }}
    </QueryState>
  );
}
