import { Button, EmptyState, EmptyStateBody, ToggleGroup, ToggleGroupItem, ToolbarItem } from '@patternfly/react-core';
import { Table, Th, Thead, Tr } from '@patternfly/react-table';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../core/api/client';
import { pageQuery } from '../core/api/pages';
import type { Task } from '../core/api/types';
import { Page } from '../core/layout/Page';
import { QueryState } from '../core/layout/QueryState';
import { SearchBar } from '../core/layout/SearchBar';
import { useList } from '../core/live/collection';
import { activeOf, findTasks, mergeTasks, TASK_FILTERS, type TaskFilter } from './filter';
import { TaskRow } from './TaskRow';
import { tasks } from './tasks';

const PAGE = 100;

/** The tasks from the newest back, as far as was asked for; the event stream keeps the newest fresh. */
function useTasksBack(filter: TaskFilter) {
  const active = activeOf(filter);
  return useInfiniteQuery({
    queryKey: ['task', 'back', active ?? 'all'],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/tasks', {
          params: { query: { ...pageQuery(pageParam, PAGE), ...(active === undefined ? {} : { active }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
  });
}

function TaskTable({ rows }: { rows: readonly Task[] }) {
  return (
    <Table aria-label="Tasks" variant="compact" className="lqx-table">
      <Thead>
        <Tr>
          <Th screenReaderText="Log" className="lqx-narrow" />
          <Th width={15}>Task</Th>
          <Th width={20}>Target</Th>
          <Th width={30}>State</Th>
          <Th width={10}>By</Th>
          <Th width={15}>Started</Th>
          <Th width={10}>Took</Th>
          <Th screenReaderText="Actions" className="lqx-button-column" />
        </Tr>
      </Thead>
      {rows.map((task) => (
        <TaskRow key={task.id} task={task} />
      ))}
    </Table>
  );
}

export function TasksPage() {
  const [filter, setFilter] = useState<TaskFilter>('all');
  const [search, setSearch] = useState('');
  const query = useTasksBack(filter);
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
                <TaskTable rows={found} />
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
