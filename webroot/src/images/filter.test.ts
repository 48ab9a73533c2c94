import { describe, expect, it } from 'vitest';
import type { Image } from '../core/api/types';
import { choicesOf, filtered, filterOf, withFilter } from './filter';

const image = (name: string, state: Image['state'], distribution: string | undefined, tags: string[]): Image =>
  ({ name, state, tags, ...(distribution ? { operatingSystem: { distribution, learnedFrom: {} } } : {}) }) as Image;

const rows = [
  image('a', 'READY', 'Debian', ['web', 'lts']),
  image('b', 'DEPRECATED', 'Debian', []),
  image('c', 'READY', undefined, ['web']),
];
const NONE = filterOf(new URLSearchParams());
const names = (filter: object) => filtered(rows, { ...NONE, ...filter }).map(({ name }) => name);

describe('the filter of images', () => {
  it('leaves none out while it is empty', () => expect(names({})).toEqual(['a', 'b', 'c']));
  it('takes state, system and tag together', () => {
    expect(names({ state: 'READY' })).toEqual(['a', 'c']);
    expect(names({ system: 'Debian', state: 'READY' })).toEqual(['a']);
    expect(names({ tag: 'web' })).toEqual(['a', 'c']);
    expect(names({ search: 'LTS' })).toEqual(['a']);
  });
  it('stands in the address, beside what else is there', () => {
    const filter = { ...NONE, search: 'x y', tag: 'web' };
    const address = withFilter(new URLSearchParams('other=1&state=READY'), filter);
    expect(address.toString()).toBe('other=1&search=x+y&tag=web');
    expect(filterOf(address)).toEqual(filter);
  });
  it('offers what there is, and what is chosen', () => {
    const choices = choicesOf(rows, { ...NONE, tag: 'gone' });
    expect(choices.tags.map(([value]) => value)).toEqual(['gone', 'lts', 'web']);
    expect(choices.systems).toEqual([['Debian', 'Debian']]);
    expect(choices.states).toEqual([
      ['DEPRECATED', 'Deprecated'],
      ['READY', 'Ready'],
    ]);
  });
});
