import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, unwrap } from '../core/api/client';
import { pageQuery } from '../core/api/pages';
import type { TemplateFamily, TemplateVersion } from '../core/api/types';
import { pagesKey, usePage, type Paged } from '../core/live/pages';

/** A family is known by its name. */
export type Family = TemplateFamily & { id: string };

/** One version of a family. */
export interface TemplateOf {
  family: string;
  /** Of the family, newest first. */
  versions: readonly TemplateVersion[];
  version: TemplateVersion;
}

interface FamilyWish {
  templates: string;
}

const PAGE = 100;

/** Read anew whenever VMs come or go, as those are what is deployed from templates. */
export const familyPages: Paged<Family, FamilyWish> = {
  kind: 'vm',
  page: async ({ templates: search }, cursor) => {
    const query = { ...pageQuery(cursor, PAGE), ...(search === '' ? {} : { search }) };
    const { items, ...rest } = await unwrap(api.GET('/templates', { params: { query } }));
    return { ...rest, items: items.map((family) => ({ ...family, id: family.name })) };
  },
};

export const rowsOf = (family: TemplateFamily): readonly TemplateOf[] =>
  family.versions.map((version) => ({ family: family.name, versions: family.versions, version }));

/** The versions of a family, newest first; undefined until they are known. */
export function useVersions(family: string): readonly TemplateVersion[] | undefined {
  const page = usePage(familyPages, { templates: family }, undefined);
  return page.data?.items.find(({ name }) => name === family)?.versions;
}

/** Has the lists of VMs and of templates read anew, as one of them moves from one to the other. */
export function useListsAnew(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: pagesKey('vm') }), [queries]);
}
