import { Table, Th, Thead, Tr } from '@patternfly/react-table';
import type { Task } from '../core/api/types';
import { TaskRow } from './TaskRow';

/** Tasks with their logs. */
export function TaskTable({ label, rows }: { label: string; rows: readonly Task[] }) {
  return (
    <Table aria-label={label} variant="compact" className="lqx-table">
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
