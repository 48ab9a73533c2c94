import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { ActionButton } from '../../core/actions/ActionButton';
import { ActionsMenu } from '../../core/actions/ActionsMenu';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { Remark } from '../../core/layout/Remark';
import { Truncated } from '../../core/layout/Truncated';
import { downloadEntryAction, entryActions } from './entryActions';
import { factsOf, formatText, KINDS, type EntryRow } from './entryRow';
import { InLibrary } from './InLibrary';

const COLUMNS: readonly Column<EntryRow>[] = [
  {
    label: 'Name',
    cell: (row) => (
      <>
        <Truncated text={row.name} />
        <Remark text={row.note} />
      </>
    ),
    sortBy: (row) => row.name,
    width: 25,
  },
  {
    label: 'Kind',
    cell: (row) => `${KINDS[row.kind]}, ${row.architecture}`,
    sortBy: (row) => `${row.kind} ${row.architecture}`,
    width: 15,
  },
  { label: 'Format', cell: (row) => formatText(row), sortBy: (row) => formatText(row), width: 15 },
  { label: 'Facts', cell: (row) => factsOf(row) || '–', width: 20 },
  { label: 'Library', cell: (row) => <InLibrary row={row} />, width: 20 },
  {
    label: 'Download',
    hidden: true,
    className: 'lqx-button-column',
    cell: (row) => <ActionButton target={row} action={downloadEntryAction} />,
  },
  {
    label: 'Actions',
    hidden: true,
    cell: (row) => <ActionsMenu target={row} name={row.name} actions={entryActions} />,
  },
];

/** The entries of one distribution. */
export function EntryTable({ distribution, rows }: { distribution: string; rows: readonly EntryRow[] }) {
  return (
    <Card className="lqx-gap-below">
      <CardTitle component="h2">{distribution}</CardTitle>
      <CardBody>
        <DataTable label={distribution} rows={rows} columns={COLUMNS} rowKey={({ id }) => id} unsorted />
      </CardBody>
    </Card>
  );
}
