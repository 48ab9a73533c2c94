import { Progress, ProgressMeasureLocation, Title } from '@patternfly/react-core';
import type { Task } from '../core/api/types';
import { formatAgo } from '../core/format/time';
import { QueryState } from '../core/layout/QueryState';
import { Truncated } from '../core/layout/Truncated';
import { useList } from '../core/live/collection';
import { isActive, newestFirst, targetPath, tasks, taskTitle } from '../tasks/tasks';
import { DashboardCard } from './DashboardCard';
import { failedLately } from './summary';

const SHOWN = 5;

function Row({ task }: { task: Task }) {
  const path = targetPath(task);
  return (
    <li>
      <div className="lqx-row">
        <strong className="lqx-nowrap">{taskTitle(task.kind)}</strong>
        <Truncated text={task.targetName} {...(path ? { to: path } : {})} />
        <small className="lqx-subtle lqx-nowrap">{formatAgo(task.endedAt ?? task.createdAt)}</small>
      </div>
      {isActive(task) && (
        <Progress
          aria-label={`Progress of ${taskTitle(task.kind)} ${task.targetName}`}
          size="sm"
          value={task.progress}
          measureLocation={ProgressMeasureLocation.outside}
        />
      )}
      {task.failure && <p className="lqx-failure">{task.failure.message}</p>}
    </li>
  );
}

function Rows({ title, rows, nothing }: { title: string; rows: readonly Task[]; nothing: string }) {
  return (
    <section aria-label={title}>
      <Title headingLevel="h3" size="md">
        {title}
        {rows.length > 0 && ` (${rows.length})`}
      </Title>
      {rows.length === 0 ? (
        <p className="lqx-subtle">{nothing}</p>
      ) : (
        <ul className="lqx-plain lqx-stack">
          {rows.slice(0, SHOWN).map((task) => (
            <Row key={task.id} task={task} />
          ))}
        </ul>
      )}
    </section>
  );
}

export function TasksCard() {
  return (
    <DashboardCard title="Tasks" more={{ label: 'All tasks', to: '/tasks' }}>
      <QueryState query={useList(tasks)} what="tasks" compact>
        {(all) => (
          <div className="lqx-stack">
            <Rows title="Running" rows={newestFirst(all.filter(isActive))} nothing="Nothing runs now." />
            <Rows title="Failed within a day" rows={failedLately(all)} nothing="None." />
          </div>
        )}
      </QueryState>
    </DashboardCard>
  );
}
