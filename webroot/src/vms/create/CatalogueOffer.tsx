import { Alert } from '@patternfly/react-core';
import { ActionButton } from '../../core/actions/ActionButton';
import type { CatalogueEntry, Image } from '../../core/api/types';
import { DataTable, type Column } from '../../core/layout/DataTable';
import { QueryState } from '../../core/layout/QueryState';
import { Truncated } from '../../core/layout/Truncated';
import { useList } from '../../core/live/collection';
import { useEntries, useSources } from '../../images/catalogue/catalogue';
import { downloadEntryAction } from '../../images/catalogue/entryActions';
import { entryRows, factsOf, groups, type EntryRow } from '../../images/catalogue/entryRow';
import { InLibrary } from '../../images/catalogue/InLibrary';
import { useLibrary } from '../../images/library';
import { tasks } from '../../tasks/tasks';
import { LibraryLink } from './LibraryLink';

const COLUMNS: readonly Column<EntryRow>[] = [
  { label: 'Name', cell: ({ name }) => <Truncated text={name} />, width: 30 },
  { label: 'Facts', cell: (row) => factsOf(row) || '–', width: 30 },
  { label: 'Library', cell: (row) => <InLibrary row={row} /> },
  {
    label: 'Download',
    hidden: true,
    className: 'lqx-download-column',
    cell: (row) => <ActionButton target={row} action={downloadEntryAction} />,
  },
];

const SAID = {
  cloud: { none: 'There is no image that is ready', tab: 'cloud' },
  iso: { none: 'There is no ISO to install from', tab: 'isos' },
} as const;

interface Props {
  kind: CatalogueEntry['kind'];
  /** All that the library has. */
  library: readonly Image[];
}

/** Where the library has nothing to begin with: what the catalogue could bring into it, and the way there. */
export function CatalogueOffer({ kind, library }: Props) {
  const sources = useSources();
  const entries = useEntries(sources.data);
  const known = useLibrary(library);
  const taskList = useList(tasks).data ?? [];
  const { none, tab } = SAID[kind];
  const rows = entryRows(entries.data ?? [], sources.data ?? [], known, taskList).filter((row) => row.kind === kind);
  return (
    <>
      <Alert component="p" variant="warning" isInline title={none}>
        {rows.length > 0 && 'These are in the catalogue. Download one first; it is offered here once it is ready. '}
        Or add one to the library: <LibraryLink tab={tab} />
      </Alert>
      <QueryState query={sources} what="catalogues" compact>
        {() => (
          <QueryState query={entries} what="catalogue" compact>
            {() => (
              <div className="lqx-choices">
                <DataTable
                  label="Catalogue"
                  rows={groups(rows).flatMap(([, list]) => list)}
                  columns={COLUMNS}
                  rowKey={({ id }) => id}
                  unsorted
                  {...(rows.length === 0 ? { nothing: 'The catalogue has none either.' } : {})}
                />
              </div>
            )}
          </QueryState>
        )}
      </QueryState>
    </>
  );
}
