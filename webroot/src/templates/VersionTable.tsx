import { ActionsMenu } from '../core/actions/ActionsMenu';
import type { TemplateFamily } from '../core/api/types';
import { formatBytes } from '../core/format/bytes';
import { formatTime } from '../core/format/time';
import { DataTable, type Column } from '../core/layout/DataTable';
import { Truncated } from '../core/layout/Truncated';
import { vmPath } from '../vms/vms';
import { templateActions } from './actions';
import { rowsOf, type TemplateOf } from './templates';
import { neededBy } from './versions';

const COLUMNS: readonly Column<TemplateOf>[] = [
  { label: 'Version', cell: ({ version }) => version.version, width: 10 },
  {
    label: 'VM',
    cell: ({ version }) => <Truncated text={version.vmName} to={vmPath(version.vmId)} />,
    width: 15,
  },
  { label: 'Note', cell: ({ version }) => <Truncated text={version.note === '' ? '–' : version.note} />, width: 20 },
  { label: 'Since', cell: ({ version }) => formatTime(version.since), width: 20 },
  {
    label: 'Disks',
    cell: ({ version }) => <span className="lqx-nowrap">{formatBytes(version.sizeBytes)}</span>,
    width: 10,
  },
  { label: 'Host', cell: ({ version }) => <Truncated text={version.hostName ?? '–'} />, width: 15 },
  { label: 'Needed by', cell: ({ version }) => <span className="lqx-nowrap">{neededBy([version])}</span>, width: 10 },
  {
    label: 'Actions',
    hidden: true,
    cell: (row) => (
      <ActionsMenu target={row} name={`${row.family} version ${row.version.version}`} actions={templateActions} />
    ),
  },
];

/** The versions of a family, newest first. */
export function VersionTable({ family }: { family: TemplateFamily }) {
  return (
    <DataTable
      label={`Versions of ${family.name}`}
      rows={rowsOf(family)}
      columns={COLUMNS}
      rowKey={({ version }) => version.vmId}
      unsorted
    />
  );
}
