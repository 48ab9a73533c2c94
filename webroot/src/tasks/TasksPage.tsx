import { EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { useState } from 'react';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { SearchBar } from '../core/layout/SearchBar';
import { useList } from '../core/live/collection';
import { activeOf, findTasks, mergeTasks, TASK_FILTERS, type TaskFilter } from './filter';
import { FurtherBack } from './FurtherBack';
import { TaskFilterGroup } from './TaskFilterGroup';
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
        <TaskFilterGroup value={filter} onChange={setFilter} />
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
              <FurtherBack query={query} shown={found.length} read={read.length} />
            </>
          );
        }}
      </QueryState>
    </Page>
  );
}
