import { ExpandableSection, Flex, FlexItem } from '@patternfly/react-core';
import { useState } from 'react';
import { ActionButton } from '../core/actions/ActionButton';
import type { Task } from '../core/api/types';
import { formatAgo, formatTime } from '../core/format/time';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { cancelTask } from './actions/cancel';
import { TaskLog } from './TaskLog';
import { TaskProgress } from './TaskProgress';
import { taskState } from './taskState';
import { isActive, targetPath, taskTitle } from './tasks';

/** One task: what it does to what, how far it is, why it failed, its log on demand. */
export function TaskCard({ task }: { task: Task }) {
  const [open, setOpen] = useState(false);
  const active = isActive(task);
  const path = targetPath(task);
  return (
    <article aria-label={`${taskTitle(task.kind)} ${task.targetName}`} className="lqx-task">
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} flexWrap={{ default: 'nowrap' }}>
        <FlexItem className="lqx-shrink">
          <strong>{taskTitle(task.kind)}</strong>
          <Truncated text={task.targetName} {...(path ? { to: path } : {})} />
        </FlexItem>
        <FlexItem>
          <StateLabel {...taskState(task)} />
        </FlexItem>
      </Flex>
      <TaskProgress task={task} of={task.targetName} />
      {task.failure && <p className="lqx-failure">{task.failure.message}</p>}
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsCenter' }}>
        <small className="lqx-subtle" title={formatTime(task.createdAt)}>
          {task.actor}, {formatAgo(task.createdAt)}
        </small>
        {active && <ActionButton target={task} action={cancelTask} variant="link" />}
      </Flex>
      <ExpandableSection toggleText="Log" isExpanded={open} onToggle={(_event, next) => setOpen(next)}>
        {open && <TaskLog id={task.id} />}
      </ExpandableSection>
    </article>
  );
}
