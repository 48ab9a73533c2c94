import { Button } from '@patternfly/react-core';
import { AngleDownIcon, AngleRightIcon } from '@patternfly/react-icons';
import { ExpandableRowContent, Tbody, Td, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { ActionButton } from '../core/actions/ActionButton';
import type { Task } from '../core/api/types';
import { formatAgo, formatDuration, formatTime } from '../core/format/time';
import { Remark } from '../core/layout/Remark';
import { StateLabel } from '../core/layout/StateLabel';
import { Truncated } from '../core/layout/Truncated';
import { cancelTask } from './actions/cancel';
import { TaskLog } from './TaskLog';
import { TaskProgress } from './TaskProgress';
import { taskState } from './taskState';
import { isActive, targetPath, taskTitle } from './tasks';

const COLUMNS = 7;

function Progressing({ task }: { task: Task }) {
  if (task.failure) return <Remark text={task.failure.message} danger />;
  return <TaskProgress task={task} of={`${taskTitle(task.kind)} ${task.targetName}`} />;
}

/** A task in a table; its log unfolds below it. */
export function TaskRow({ task, ofOne }: { task: Task; ofOne: boolean }) {
  const [open, setOpen] = useState(false);
  const path = targetPath(task);
  const took = task.startedAt && task.endedAt ? formatDuration(task.startedAt, task.endedAt) : '–';
  return (
    <Tbody isExpanded={open}>
      <Tr isContentExpanded={open}>
        <Td>
          <Button
            variant="plain"
            size="sm"
            icon={open ? <AngleDownIcon /> : <AngleRightIcon />}
            aria-label={`Log of ${taskTitle(task.kind)} ${task.targetName}`}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          />
        </Td>
        <Td dataLabel="Task">{taskTitle(task.kind)}</Td>
        {!ofOne && (
          <Td dataLabel="Target">
            <Truncated text={task.targetName} {...(path ? { to: path } : {})} />
          </Td>
        )}
        <Td dataLabel="State">
          <StateLabel {...taskState(task)} />
          <Progressing task={task} />
        </Td>
        <Td dataLabel="By">
          <Truncated text={task.actor} />
        </Td>
        <Td dataLabel="Started" modifier="nowrap">
          <span title={formatTime(task.createdAt)}>{formatAgo(task.createdAt)}</span>
        </Td>
        <Td dataLabel="Took" modifier="nowrap">
          {took}
        </Td>
        <Td isActionCell>{isActive(task) && <ActionButton target={task} action={cancelTask} variant="link" />}</Td>
      </Tr>
      <Tr isExpanded={open}>
        <Td />
        <Td colSpan={ofOne ? COLUMNS - 1 : COLUMNS}>
          <ExpandableRowContent>
            {open && (
              <>
                {task.failure && <p className="lqx-failure lqx-gap-below">{task.failure.message}</p>}
                <TaskLog id={task.id} />
              </>
            )}
          </ExpandableRowContent>
        </Td>
      </Tr>
    </Tbody>
  );
}
