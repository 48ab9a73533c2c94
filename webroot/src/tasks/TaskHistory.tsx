import { Button, EmptyState, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import { useState } from 'react';
import { FilterSelect } from '../core/layout/FilterSelect';
import { QueryState } from '../core/layout/QueryState';
import { SearchBar } from '../core/layout/SearchBar';
import { useNow } from '../core/layout/useNow';
import { useList } from '../core/live/collection';
import { activeOf, findTasks, isWithin, mergeTasks, PERIODS, type TaskFilter } from './filter';
import { FurtherBack } from './FurtherBack';
import { TaskFilterGroup } from './TaskFilterGroup';
import { TaskTable } from './TaskTable';
import { tasks, taskTitle } from './tasks';
import { useTasksBack } from './useTasksBack';

const LOOK_MS = 30_000;

interface Wish {
  search: string;
  state: TaskFilter;
  kind: string;
  period: string;
}

const ALL: Wish = { search: '', state: 'all', kind: '', period: '' };

interface Props {
  targetId: string;
  /** What can be done with such a thing, for the choice among them. */
  kinds: readonly string[];
}

/** What was done with one thing: when, by whom and with what result, newest first. */
export function TaskHistory({ targetId, kinds }: Props) {
  const [wish, setWish] = useState(ALL);
  const now = useNow(LOOK_MS);
  const query = useTasksBack({ targetId, active: activeOf(wish.state), kinds: wish.kind === '' ? [] : [wish.kind] });
  const live = (useList(tasks).data ?? []).filter((task) => task.targetId === targetId);
  const change = (part: Partial<Wish>): void => setWish((before) => ({ ...before, ...part }));
  return (
    <>
      <SearchBar label="Find by task or user" value={wish.search} onChange={(search) => change({ search })}>
        <FilterSelect
          label="Kind of task"
          all="Every kind"
          value={wish.kind}
          choices={kinds.map((kind) => [kind, taskTitle(kind)])}
          onChange={(kind) => change({ kind })}
        />
        <FilterSelect
          label="When"
          all="Whenever"
          value={wish.period}
          choices={Object.entries(PERIODS).map(([period, { label }]) => [period, label])}
          onChange={(period) => change({ period })}
        />
        <TaskFilterGroup value={wish.state} onChange={(state) => change({ state })} />
      </SearchBar>
      <QueryState query={query} what="tasks">
        {({ pages }) => {
          const read = mergeTasks(
            live,
            pages.flatMap((page) => page.items),
          ).filter((task) => wish.kind === '' || task.kind === wish.kind);
          const found = findTasks(read, wish.state, wish.search).filter((task) => isWithin(task, wish.period, now));
          const oldest = read.at(-1);
          return (
            <>
              {found.length > 0 ? (
                <TaskTable label="Tasks" rows={found} ofOne />
              ) : (
                <Nothing all={wish === ALL} onClear={() => setWish(ALL)} />
              )}
              {(!oldest || isWithin(oldest, wish.period, now)) && (
                <FurtherBack query={query} shown={found.length} read={read.length} />
              )}
            </>
          );
        }}
      </QueryState>
    </>
  );
}

function Nothing({ all, onClear }: { all: boolean; onClear: () => void }) {
  if (all) return <EmptyState variant="sm" headingLevel="h2" titleText="No tasks in the last 30 days" />;
  return (
    <EmptyState variant="sm" headingLevel="h2" titleText="Nothing matches">
      <EmptyStateBody>Among what was read, nothing is as the filters say.</EmptyStateBody>
      <EmptyStateFooter>
        <Button variant="link" onClick={onClear}>
          Clear the filters
        </Button>
      </EmptyStateFooter>
    </EmptyState>
  );
}
