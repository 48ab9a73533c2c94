import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { HistoryEntry } from '../../core/api/types';
import { formatAgo, formatTime } from '../../core/format/time';
import { Remark } from '../../core/layout/Remark';
import { StateLabel } from '../../core/layout/StateLabel';
import { Truncated } from '../../core/layout/Truncated';
import { isFinishedMigration, MigrationRemark } from './MigrationRemark';
import { entryRemark, entryTitle, entryTook, eventLook, outcomeLook } from './history';

function What({ entry, nameNow }: { entry: HistoryEntry; nameNow: string | undefined }) {
  return (
    <>
      {entry.category === 'EVENT' ? <StateLabel {...eventLook(entry.kind)} /> : entryTitle(entry)}
      <Remark text={entryRemark(entry, nameNow)} danger={entry.outcome === 'FAILED'} />
      {isFinishedMigration(entry) && <MigrationRemark taskId={entry.taskId} />}
    </>
  );
}

function Result({ entry }: { entry: HistoryEntry }) {
  const look = outcomeLook(entry);
  return look ? <StateLabel {...look} /> : '–';
}

interface RowProps {
  entry: HistoryEntry;
  /** What the VM is called now; absent when it is gone. */
  nameNow: string | undefined;
}

function HistoryRow({ entry, nameNow }: RowProps) {
  return (
    <Tr>
      <Td dataLabel="When">
        <time dateTime={entry.at} title={formatAgo(entry.at)}>
          {formatTime(entry.at)}
        </time>
      </Td>
      <Td dataLabel="What">
        <What entry={entry} nameNow={nameNow} />
      </Td>
      <Td dataLabel="Result">
        <Result entry={entry} />
      </Td>
      <Td dataLabel="By">{entry.by ? <Truncated text={entry.by} /> : '–'}</Td>
      <Td dataLabel="Took" modifier="nowrap">
        {entryTook(entry)}
      </Td>
    </Tr>
  );
}

interface Props extends Pick<RowProps, 'nameNow'> {
  rows: readonly HistoryEntry[];
}

/** All that was read, newest first. */
export function HistoryTable({ rows, nameNow }: Props) {
  return (
    <Table aria-label="Events" variant="compact" className="lqx-table">
      <Thead>
        <Tr>
          <Th width={20}>When</Th>
          <Th width={40}>What</Th>
          <Th width={15}>Result</Th>
          <Th width={15}>By</Th>
          <Th width={10}>Took</Th>
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((entry) => (
          <HistoryRow key={entry.id} entry={entry} nameNow={nameNow} />
        ))}
      </Tbody>
    </Table>
  );
}
