import { Card, CardBody, Stack, StackItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../core/api/client';
import { NothingYet } from '../core/layout/NothingYet';
import { QueryState } from '../core/layout/QueryState';
import { useList } from '../core/live/collection';
import { TaskCard } from './TaskCard';
import { newestFirst, tasks } from './tasks';

/** The tasks of one thing: those it ever had, with what is known now of those that run. */
export function TasksOf({ targetId }: { targetId: string }) {
  const live = (useList(tasks).data ?? []).filter((task) => task.targetId === targetId);
  const query = useQuery({
    queryKey: ['task', 'of', targetId],
    queryFn: async () => (await unwrap(api.GET('/tasks', { params: { query: { targetId } } }))).items,
  });
  return (
    <QueryState query={query} what="tasks">
      {(read) => {
        const all = newestFirst([
          ...live,
          ...read.filter((task) => task.targetId === targetId && !live.some((known) => known.id === task.id)),
        ]);
        if (all.length === 0) return <NothingYet title="No tasks yet" />;
        return (
          <Stack hasGutter>
            {all.map((task) => (
              <StackItem key={task.id}>
                <Card isCompact>
                  <CardBody>
                    <TaskCard task={task} />
                  </CardBody>
                </Card>
              </StackItem>
            ))}
          </Stack>
        );
      }}
    </QueryState>
  );
}
