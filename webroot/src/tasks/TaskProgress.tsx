import { Progress, ProgressMeasureLocation } from '@patternfly/react-core';
import type { Task } from '../core/api/types';
import { TaskMoved } from './TaskMoved';
import { isActive } from './tasks';

interface Props {
  task: Task | undefined;
  /** What makes progress, for screen readers. */
  of: string;
}

/** How far a task is, and with what; nothing once it has ended. */
export function TaskProgress({ task, of }: Props) {
  if (!task || !isActive(task)) return null;
  return (
    <Progress
      aria-label={`Progress of ${of}`}
      size="sm"
      value={task.progress}
      title={task.step ?? ''}
      isTitleTruncated
      measureLocation={ProgressMeasureLocation.outside}
      helperText={task.moved && <TaskMoved key={task.step} moved={task.moved} />}
    />
  );
}
