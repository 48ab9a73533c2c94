import { Button, EmptyState, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { LockIcon } from '@patternfly/react-icons';
import { useState } from 'react';
import { ApiError } from '../../core/api/problem';
import { FilterSelect } from '../../core/layout/FilterSelect';
import { isGone } from '../../core/layout/gone';
import { NothingYet } from '../../core/layout/NothingYet';
import { QueryState } from '../../core/layout/QueryState';
import { SearchBar } from '../../core/layout/SearchBar';
import { useSettled } from '../../core/layout/useSettled';
import { useList } from '../../core/live/collection';
import { tasks } from '../../tasks/tasks';
import { CATEGORIES, EVERYTHING, HISTORY_PERIODS, kindsOf, periodStart, type HistoryWish } from './history';
import { HistoryTable } from './HistoryTable';
import { useVmHistory } from './useVmHistory';

interface Props {
  vmId: string;
  /** What the VM is called now; absent when it is gone. */
  name?: string;
  /** Another one whenever the VM has changed. */
  mark?: string;
}

/** The tasks of the VM that begin or end, as the event stream tells them. */
function useTaskMark(vmId: string): string {
  return (useList(tasks).data ?? [])
    .filter((task) => task.targetId === vmId)
    .map((task) => `${task.id} ${task.state}`)
    .sort()
    .join();
}

/** What happened to a VM: by itself, by tasks, and by what needed none. */
export default function VmEventsPart({ vmId, name, mark = '' }: Props) {
  const [wish, setWish] = useState(EVERYTHING);
  const by = useSettled(wish.by.trim());
  const query = useVmHistory(vmId, { ...wish, by }, `${mark} ${useTaskMark(vmId)}`);
  const change = (part: Partial<HistoryWish>): void => setWish((before) => ({ ...before, ...part }));
  const kinds = kindsOf(wish.category);
  const { error } = query;
  if (error instanceof ApiError && error.status === 403) {
    return <NothingYet icon={LockIcon} title="You may not see what happened to this VM" body="Ask an administrator." />;
  }
  if (!name && isGone(error) && !query.data && wish === EVERYTHING) {
    return <EmptyState variant="sm" headingLevel="h2" titleText="Nothing is kept of such a virtual machine" />;
  }
  return (
    <>
      <SearchBar label="By user" value={wish.by} onChange={(typed) => change({ by: typed })}>
        <FilterSelect
          label="Category"
          all="Everything"
          value={wish.category}
          choices={CATEGORIES}
          onChange={(category) => change({ category: category as HistoryWish['category'], kind: '' })}
        />
        {kinds.length > 0 && (
          <FilterSelect
            label="Kind"
            all="Every kind"
            value={wish.kind}
            choices={kinds}
            onChange={(kind) => change({ kind })}
          />
        )}
        <FilterSelect
          label="When"
          all="Whenever"
          value={wish.period}
          choices={Object.entries(HISTORY_PERIODS).map(([period, { label }]) => [period, label])}
          onChange={(period) => change({ period, from: periodStart(period) })}
        />
      </SearchBar>
      <QueryState query={query} what="events">
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0) return <Nothing all={wish === EVERYTHING} onClear={() => setWish(EVERYTHING)} />;
          return (
            <>
              <HistoryTable rows={rows} nameNow={name} />
              {query.hasNextPage && (
                <p className="lqx-pager">
                  <Button
                    variant="secondary"
                    isLoading={query.isFetchingNextPage}
                    isDisabled={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    Look further back
                  </Button>
                </p>
              )}
            </>
          );
        }}
      </QueryState>
    </>
  );
}

function Nothing({ all, onClear }: { all: boolean; onClear: () => void }) {
  if (all) return <EmptyState variant="sm" headingLevel="h2" titleText="Nothing has happened to this VM yet" />;
  return (
    <EmptyState variant="sm" headingLevel="h2" titleText="Nothing matches">
      <EmptyStateBody>Nothing that is kept of this VM is as the filters say.</EmptyStateBody>
      <EmptyStateFooter>
        <Button variant="link" onClick={onClear}>
          Clear the filters
        </Button>
      </EmptyStateFooter>
    </EmptyState>
  );
}
