import { QueryState } from '../core/layout/QueryState';
import { formatTime } from '../core/format/time';
import { useItem } from '../core/live/collection';
import { tasks } from './tasks';

export function TaskLog({ id }: { id: string }) {
  const query = useItem(tasks, id);
  return (
    <QueryState query={query} what="log">
      {(task) =>
        task.log.length === 0 ? (
          <p className="lqx-subtle">Nothing was logged.</p>
        ) : (
          <ol className="lqx-log">
            {task.log.map((line, index) => (
              <li key={`${line.at}-${index}`}>
                <time dateTime={line.at}>{formatTime(line.at)}</time> {line.text}
              </li>
            ))}
          </ol>
        )
      }
    </QueryState>
  );
}
