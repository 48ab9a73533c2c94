import { describe, expect, it } from 'vitest';
import type { CatalogueEntry, Task } from '../../core/api/types';
import type { LibraryImage } from '../library';
import { entryRows, factsOf, found, groups, NO_FILTER, suggestedName } from './entryRow';

const entry = (key: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry =>
  ({
    id: key,
    key,
    name: key,
    distribution: 'Debian',
    version: '13',
    kind: 'cloud',
    architecture: 'x86_64',
    ...more,
  }) as CatalogueEntry;
const image = (
  name: string,
  state: LibraryImage['state'],
  createdAt = '2026-01-01',
  entryId = 'debian-13',
): LibraryImage => ({ id: name, name, state, createdAt, catalogueEntryId: entryId }) as LibraryImage;
const rows = (entries: CatalogueEntry[], images: LibraryImage[] = [], tasks: Task[] = []) =>
  entryRows(entries, [], images, tasks);
const row = (images: LibraryImage[] = []) => {
  const [only] = rows([entry('debian-13')], images);
  if (!only) throw new Error('no row');
  return only;
};

describe('an entry', () => {
  it('knows the newest image that came from it, and what works on that', () => {
    const working = { id: 't', targetId: 'new', state: 'RUNNING' } as Task;
    const images = [image('new', 'CHECKING', '2026-02-01'), image('old', 'READY')];
    const [shown] = rows([entry('debian-13')], images, [working]);
    expect(shown?.image?.name).toBe('new');
    expect(shown?.task).toBe(working);
    expect(rows([entry('other')], images)[0]?.image).toBeUndefined();
  });
  it('says what it needs', () =>
    expect(factsOf({ ...row(), defaultUser: 'debian', leastMemoryBytes: 512 * 2 ** 20, firmware: 'uefi' })).toBe(
      'user debian, 512 MiB memory, UEFI only',
    ));
  it('is found by its words and values', () => {
    const all = rows([entry('debian-13'), entry('arch-iso', { distribution: 'Arch', kind: 'iso' })]);
    expect(found(all, { ...NO_FILTER, search: 'ARCH' }).map(({ key }) => key)).toEqual(['arch-iso']);
    expect(found(all, { ...NO_FILTER, kind: 'cloud' }).map(({ key }) => key)).toEqual(['debian-13']);
    expect(found(all, { ...NO_FILTER, architecture: 'aarch64' })).toEqual([]);
  });
});

describe('entries', () => {
  it('are grouped, the newest first and installers last', () => {
    const all = rows([
      entry('debian-9', { version: '9' }),
      entry('debian-iso', { version: '13', kind: 'iso' }),
      entry('debian-13'),
      entry('arch', { distribution: 'Arch' }),
    ]);
    expect(groups(all).map(([name, list]) => [name, list.map(({ key }) => key)])).toEqual([
      ['Arch', ['arch']],
      ['Debian', ['debian-13', 'debian-9', 'debian-iso']],
    ]);
  });
});

describe('the name of a new image', () => {
  const day = new Date('2026-11-29T12:00:00Z');
  it('is what the catalogue says', () => expect(suggestedName(row(), [], day)).toBe('debian-13'));
  it('has the day when that is taken', () =>
    expect(suggestedName(row([image('debian-13', 'READY')]), [{ name: 'Debian-13' }], day)).toBe(
      'debian-13-2026-11-29',
    ));
  it('has a number when that is taken, too', () => {
    const taken = [{ name: 'debian-13' }, { name: 'debian-13-2026-11-29' }];
    expect(suggestedName(row(), taken, day)).toBe('debian-13-2026-11-29.2');
  });
  it('is the one of an image whose file never came', () =>
    expect(suggestedName(row([image('mine', 'REFUSED')]), [{ name: 'mine' }], day)).toBe('mine'));
});
