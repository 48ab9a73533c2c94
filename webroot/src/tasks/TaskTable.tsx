import { Table, Th, Thead, Tr } from '@patternfly/react-table';
import type { Task } from '../core/api/types';
import { TaskRow } from './TaskRow';

interface Props {
  label: string;
  rows: readonly Task[];
  /** Whether all are about one thing, which then need not be named. */
  ofOne?: boolean;
}

/** Tasks with their logs. */
export function TaskTable({ label, rows, ofOne = false }: Props) {
  return (
    <Table aria-label={label} variant="compact" className="lqx-table">
      <Thead>
        <Tr>
          <Th screenReaderText="Log" className="lqx-narrow" />
          <Th width={ofOne ? 25 : 15}>Task</Th>
          {!ofOne && <Th width={20}>Target</Th>}
          <Th width={30}>State</Th>
          <Th width={10}>By</Th>
          <Th width={15}>Started</Th>
          <Th width={10}>Took</Th>
          <Th screenReaderText="Actions" className="lqx-button-column" />
        </Tr>
      </Thead>
      {rows.map((task) => (
        <TaskRow key={task.id} task={task} ofOne={ofOne} />
      ))}
    </Table>
  );
}
