import { Button, EmptyState, EmptyStateBody, ToggleGroup, ToggleGroupItem, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { SearchBar } from '../core/layout/SearchBar';
import { useList } from '../core/live/collection';
import { activeOf, findTasks, mergeTasks, TASK_FILTERS, type TaskFilter } from './filter';
import { TaskTable } from './TaskTable';
import { tasks } from './tasks';
import { useTasksBack } from './useTasksBack';

export function TasksPage() {
  const [filter, setFilter] = useState<TaskFilter>('all');
  const [search, setSearch] = useState('');
  const query = useTasksBack({ active: activeOf(filter) });
  const live = useList(tasks).data ?? [];
  const nothing = TASK_FILTERS.find(({ value }) => value === filter)?.nothing ?? '';
  return (
    <Page title="Tasks">
      <SearchBar label="Find by task, target or user" value={search} onChange={setSearch}>
        <ToolbarItem>
          <ToggleGroup aria-label="Which tasks">
            {TASK_FILTERS.map(({ value, label }) => (
              <ToggleGroupItem
                key={value}
                buttonId={`tasks-${value}`}
                text={label}
                isSelected={value === filter}
                onChange={() => setFilter(value)}
              />
            ))}
          </ToggleGroup>
        </ToolbarItem>
      </SearchBar>
      <QueryState query={query} what="tasks">
        {({ pages }) => {
          const read = mergeTasks(
            live,
            pages.flatMap((page) => page.items),
          );
          const found = findTasks(read, filter, search);
          return (
            <>
              {found.length > 0 ? (
                <TaskTable label="Tasks" rows={found} />
              ) : (
                <EmptyState variant="sm" headingLevel="h2" titleText={search === '' ? nothing : 'Nothing matches'}>
                  {search !== '' && <EmptyStateBody>Change or clear the filter.</EmptyStateBody>}
                </EmptyState>
              )}
              {query.hasNextPage && (
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
                    {`${found.length} of the newest ${read.length} are shown.`}
                  </span>
                </p>
              )}
            </>
          );
        }}
      </QueryState>
    </Page>
  );
}
