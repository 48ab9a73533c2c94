import { keepPreviousData, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { api, once, unwrap } from '../../core/api/client';
import { allPages, pageQuery } from '../../core/api/pages';
import type { CatalogueEntry, CatalogueSource } from '../../core/api/types';

const SOURCES = ['catalogue', 'sources'];
const ENTRIES = ['catalogue', 'entries'];
/** No event tells that a source was read. */
const READING_MS = 1500;
const IDLE_MS = 60_000;

const readSources = async (): Promise<readonly CatalogueSource[]> =>
  (await unwrap(api.GET('/images/catalogue/sources'))).items;

export function useSources(): UseQueryResult<readonly CatalogueSource[]> {
  return useQuery({
    queryKey: SOURCES,
    queryFn: readSources,
    refetchInterval: (query) => (query.state.data?.some(({ reading }) => reading) ? READING_MS : IDLE_MS),
  });
}

/** All entries, read anew when a source was read. */
export function useEntries(sources: readonly CatalogueSource[] | undefined): UseQueryResult<readonly CatalogueEntry[]> {
  const stamp = sources?.map(({ id, readAt }) => `${id} ${readAt ?? ''}`).join();
  return useQuery({
    queryKey: [...ENTRIES, stamp],
    queryFn: () => allPages((cursor) => unwrap(api.GET('/images/catalogue', { params: { query: pageQuery(cursor) } }))),
    enabled: sources !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** What is done to sources; each shows them as they are then. */
export function useSourceChanges() {
  const queries = useQueryClient();
  const show = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: SOURCES });
  };
  return {
    refresh: async (): Promise<void> => {
      await unwrap(api.POST('/images/catalogue/refresh'));
      await show();
    },
    add: async (url: string): Promise<void> => {
      await unwrap(api.POST('/images/catalogue/sources', { body: { url } }));
      await show();
    },
    remove: async (sourceId: string): Promise<void> => {
      await unwrap(api.DELETE('/images/catalogue/sources/{sourceId}', { params: { path: { sourceId } } }));
      await show();
    },
  };
}

export function downloadEntry(entryId: string, body: { name: string; poolId?: string }, key: string) {
  const params = { path: { entryId }, header: once(key) };
  return unwrap(api.POST('/images/catalogue/{entryId}/download', { params, body }));
}
