import type { CatalogueSource } from '../../core/api/types';
import { AVAILABLE, unavailable, type Action } from '../../core/actions/action';
import { ActionButton } from '../../core/actions/ActionButton';
import { formatAgo, formatTime } from '../../core/format/time';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { Remark } from '../../core/layout/Remark';
import { StateLabel } from '../../core/layout/StateLabel';
import { Truncated } from '../../core/layout/Truncated';
import { useSourceChanges } from './catalogue';

const WHENCE: Readonly<Record<CatalogueSource['kind'], string>> = {
  BUILT_IN: 'It comes with LimiQuantix.',
  FILE: 'It is a file; take that from its folder.',
  ADDRESS: '',
};

function SourceState({ source }: { source: CatalogueSource }) {
  if (source.reading) return <StateLabel text="Being read" tone="info" busy />;
  if (source.problem) return <StateLabel text="Cannot be read" tone="warning" />;
  if (source.mistakeCount > 0) return <StateLabel text="Has mistakes" tone="warning" />;
  return <StateLabel text="Read" tone="success" />;
}

export function SourceTable({ sources }: { sources: readonly CatalogueSource[] }) {
  const { remove } = useSourceChanges();
  const removeSource: Action<CatalogueSource> = {
    id: 'remove-source',
    label: 'Remove',
    danger: true,
    availability: ({ kind }) => (kind === 'ADDRESS' ? AVAILABLE : unavailable(WHENCE[kind])),
    confirm: ({ name }) => ({
      title: `Remove ${name}?`,
      body: 'Its entries are not offered any more. Images that came from it stay.',
      confirmLabel: 'Remove',
    }),
    run: async ({ id }) => {
      await remove(id);
      return undefined;
    },
  };
  const columns: readonly Column<CatalogueSource>[] = [
    {
      label: 'Name',
      cell: ({ name, location, kind }) => (
        <>
          <Truncated text={name} />
          <Remark text={kind === 'BUILT_IN' || name === location ? undefined : location} />
        </>
      ),
      width: 35,
    },
    { label: 'Entries', cell: ({ entries }) => entries, width: 10 },
    {
      label: 'State',
      cell: (source) => (
        <>
          <SourceState source={source} />
          <Remark text={source.problem} danger />
        </>
      ),
      width: 25,
    },
    {
      label: 'Read',
      cell: ({ readAt }) => (readAt ? <span title={formatTime(readAt)}>{formatAgo(readAt)}</span> : '–'),
      width: 15,
    },
    {
      label: 'What to do',
      cell: (source) => <ActionButton variant="link" target={source} action={removeSource} />,
      width: 15,
    },
  ];
  return <DataTable label="Catalogues" rows={sources} columns={columns} rowKey={({ id }) => id} unsorted />;
}
