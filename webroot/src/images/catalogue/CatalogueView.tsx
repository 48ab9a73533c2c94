import { useState } from 'react';
import type { CatalogueEntry, CatalogueSource } from '../../core/api/types';
import { NothingYet } from '../../core/layout/NothingYet';
import { QueryState } from '../../core/layout/QueryState';
import { useList } from '../../core/live/collection';
import { tasks } from '../../tasks/tasks';
import { images } from '../images';
import { useLibrary } from '../library';
import { useEntries, useSources } from './catalogue';
import { EntryFilters } from './EntryFilters';
import { entryRows, found, groups, NO_FILTER } from './entryRow';
import { EntryTable } from './EntryTable';
import { SourceBanners } from './SourceBanners';

interface Props {
  entries: readonly CatalogueEntry[];
  sources: readonly CatalogueSource[];
}

function Entries({ entries, sources }: Props) {
  const library = useLibrary(useList(images).data ?? []);
  const [filter, setFilter] = useState(NO_FILTER);
  const rows = entryRows(entries, sources, library, useList(tasks).data ?? []);
  const shown = found(rows, filter);
  return (
    <>
      <EntryFilters rows={rows} shown={shown.length} filter={filter} onChange={setFilter} />
      {groups(shown).map(([distribution, list]) => (
        <EntryTable key={distribution} distribution={distribution} rows={list} />
      ))}
      {shown.length === 0 && <NothingYet title="Nothing matches" body="Change or clear the filter." />}
    </>
  );
}

/** Images that others publish, to be downloaded. */
export function CatalogueView() {
  const sources = useSources();
  const entries = useEntries(sources.data);
  return (
    <QueryState query={sources} what="catalogues">
      {(known) => (
        <>
          <SourceBanners sources={known} />
          <QueryState query={entries} what="catalogue">
            {(all) =>
              all.length > 0 ? (
                <Entries entries={all} sources={known} />
              ) : (
                <NothingYet
                  title="The catalogue is empty"
                  body="Add a catalogue of the web, or a file in its folder."
                />
              )
            }
          </QueryState>
        </>
      )}
    </QueryState>
  );
}
