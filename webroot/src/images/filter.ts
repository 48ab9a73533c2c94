import type { Image } from '../core/api/types';
import { matches, sortRows } from '../core/layout/sort';
import { imageState } from './imageState';
import { systemOf } from './system/system';

/** Which images are shown; empty leaves none out. Kept in the address, so that a view can be sent and found again. */
export interface ImageFilter {
  search: string;
  state: string;
  /** A distribution. */
  system: string;
  tag: string;
}

const FIELDS = ['search', 'state', 'system', 'tag'] as const;

export function filterOf(parameters: URLSearchParams): ImageFilter {
  const [search, state, system, tag] = FIELDS.map((field) => parameters.get(field) ?? '');
  return { search: search ?? '', state: state ?? '', system: system ?? '', tag: tag ?? '' };
}

/** What stands in the address for it; anything else that is there stays. */
export function withFilter(parameters: URLSearchParams, filter: ImageFilter): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const field of FIELDS) {
    if (filter[field] === '') next.delete(field);
    else next.set(field, filter[field]);
  }
  return next;
}

export function filtered<T extends Image>(rows: readonly T[], filter: ImageFilter): readonly T[] {
  return rows.filter(
    (image) =>
      matches(filter.search, image.name, systemOf(image), ...image.tags) &&
      (filter.state === '' || image.state === filter.state) &&
      (filter.system === '' || image.operatingSystem?.distribution === filter.system) &&
      (filter.tag === '' || image.tags.includes(filter.tag)),
  );
}

const distinct = (values: readonly (string | undefined)[]): readonly string[] =>
  sortRows([...new Set(values.filter((value) => value !== undefined))], (value) => value, false);

type Choice = readonly [value: string, label: string];

interface Choices {
  states: readonly Choice[];
  systems: readonly Choice[];
  tags: readonly Choice[];
}

/** What can be chosen, with what is chosen already, though nothing has it any more. */
export function choicesOf(rows: readonly Image[], filter: ImageFilter): Choices {
  const chosen = (value: string): string | undefined => (value === '' ? undefined : value);
  const states = distinct([...rows.map(({ state }) => state), chosen(filter.state)]) as readonly Image['state'][];
  const same = (value: string): Choice => [value, value];
  return {
    states: states.map((state): Choice => [state, imageState({ state, abandoned: false, coming: undefined }).text]),
    systems: distinct([...rows.map(({ operatingSystem }) => operatingSystem?.distribution), chosen(filter.system)]).map(
      same,
    ),
    tags: distinct([...rows.flatMap(({ tags }) => tags), chosen(filter.tag)]).map(same),
  };
}
