import type { CatalogueEntry, CatalogueSource, Image, Task } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import { matches, sortRows } from '../../core/layout/sort';
import { isActive } from '../../tasks/tasks';
import type { LibraryImage } from '../library';

/** An entry as the catalogue shows it. */
export interface EntryRow extends CatalogueEntry {
  source: CatalogueSource | undefined;
  /** The newest image of the library that came from it. */
  image: LibraryImage | undefined;
  /** What works on that image now. */
  task: Task | undefined;
}

export interface EntryFilter {
  search: string;
  distribution: string;
  kind: string;
  architecture: string;
}

export const NO_FILTER: EntryFilter = { search: '', distribution: '', kind: '', architecture: '' };

export const KINDS: Readonly<Record<CatalogueEntry['kind'], string>> = { cloud: 'Cloud image', iso: 'Installer' };

export function entryRows(
  entries: readonly CatalogueEntry[],
  sources: readonly CatalogueSource[],
  images: readonly LibraryImage[],
  tasks: readonly Task[],
): readonly EntryRow[] {
  return entries.map((entry) => {
    const image = images
      .filter(({ catalogueEntryId }) => catalogueEntryId === entry.id)
      .reduce<LibraryImage | undefined>((a, b) => (a && a.createdAt > b.createdAt ? a : b), undefined);
    return {
      ...entry,
      source: sources.find(({ id }) => id === entry.sourceId),
      image,
      task: image && tasks.find((task) => task.targetId === image.id && isActive(task)),
    };
  });
}

export function found(rows: readonly EntryRow[], filter: EntryFilter): readonly EntryRow[] {
  return rows.filter(
    (row) =>
      matches(filter.search, row.name, row.key, row.distribution, row.note) &&
      (filter.distribution === '' || row.distribution === filter.distribution) &&
      (filter.kind === '' || row.kind === filter.kind) &&
      (filter.architecture === '' || row.architecture === filter.architecture),
  );
}

/** By distribution, each with its newest version first and what can be booted at once before what has to be installed. */
export function groups(rows: readonly EntryRow[]): readonly (readonly [string, readonly EntryRow[]])[] {
  const names = [...new Set(rows.map(({ distribution }) => distribution))];
  return sortRows(names, (name) => name, false).map((name) => {
    const newest = sortRows(
      rows.filter(({ distribution }) => distribution === name),
      ({ version }) => version,
      true,
    );
    return [name, [...newest.filter(({ kind }) => kind === 'cloud'), ...newest.filter(({ kind }) => kind !== 'cloud')]];
  });
}

/** The values of a field, for a filter. */
export function valuesOf(rows: readonly EntryRow[], field: 'distribution' | 'architecture'): readonly string[] {
  return sortRows([...new Set(rows.map((row) => row[field]))], (value) => value, false);
}

/** What a VM of it needs, and who logs in. */
export function factsOf({ defaultUser, leastMemoryBytes, firmware }: EntryRow): string {
  return [
    defaultUser && `user ${defaultUser}`,
    leastMemoryBytes && `${formatBytes(leastMemoryBytes)} memory`,
    firmware && `${firmware.toUpperCase()} only`,
  ]
    .filter(Boolean)
    .join(', ');
}

export const formatText = ({ format, compression }: EntryRow): string =>
  compression ? `${format} in ${compression}` : format;

/** An image whose bytes never came is tried again; else a name that no image has. */
export function suggestedName(row: EntryRow, images: readonly Pick<Image, 'name'>[], today = new Date()): string {
  if (row.image && (row.image.state === 'DRAFT' || row.image.state === 'REFUSED')) return row.image.name;
  const taken = new Set(images.map(({ name }) => name.toLowerCase()));
  const base = row.key.slice(0, 48);
  const dated = `${base}-${today.toISOString().slice(0, 10)}`;
  const numbered = Array.from({ length: images.length + 1 }, (_none, index) => `${dated}.${index + 2}`);
  return [row.key, dated, ...numbered].find((name) => !taken.has(name.toLowerCase())) ?? row.key;
}
