import {
  NotificationDrawer,
  NotificationDrawerBody,
  NotificationDrawerHeader,
  NotificationDrawerList,
  NotificationDrawerListItem,
} from '@patternfly/react-core';
import { Link } from 'react-router';
import { QueryState } from '../core/layout/QueryState';
import { useList } from '../core/live/collection';
import { TaskCard } from './TaskCard';
import { newestFirst, tasks } from './tasks';

const SHOWN = 30;

export function TaskDrawer({ onClose }: { onClose: () => void }) {
  const query = useList(tasks);
  return (
    <NotificationDrawer aria-label="Tasks" className="lqx-drawer">
      <NotificationDrawerHeader title="Tasks" onClose={onClose}>
        <Link to="/tasks" onClick={onClose}>
          All tasks
        </Link>
      </NotificationDrawerHeader>
      <NotificationDrawerBody>
        <QueryState query={query} what="tasks">
          {(list) =>
            list.length === 0 ? (
              <p className="lqx-drawer-empty">No tasks yet.</p>
            ) : (
              <NotificationDrawerList aria-label="Newest tasks">
                {newestFirst(list)
                  .slice(0, SHOWN)
                  .map((task) => (
                    <NotificationDrawerListItem key={task.id} variant="info" isRead tabIndex={-1}>
                      <TaskCard task={task} />
                    </NotificationDrawerListItem>
                  ))}
              </NotificationDrawerList>
            )
          }
        </QueryState>
      </NotificationDrawerBody>
    </NotificationDrawer>
  );
}
