import { NotificationBadge } from '@patternfly/react-core';
import { TaskIcon } from '@patternfly/react-icons';
import { useList } from '../core/live/collection';
import { isActive, tasks } from './tasks';

interface Props {
  isOpen: boolean;
  onClick: () => void;
}

/** Opens the drawer of tasks and counts those that run. */
export function TaskBadge({ isOpen, onClick }: Props) {
  const running = (useList(tasks).data ?? []).filter(isActive).length;
  return (
    <NotificationBadge
      variant={running > 0 ? 'unread' : 'read'}
      icon={<TaskIcon />}
      count={running}
      isExpanded={isOpen}
      aria-label={`Tasks: ${running} running`}
      onClick={onClick}
    />
  );
}
