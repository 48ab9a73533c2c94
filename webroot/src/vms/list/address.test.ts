import { describe, expect, it } from 'vitest';
import { readAddress, writeAddress, type ListAddress } from './address';
import { queryOf } from './wish';

const read = (text: string): ListAddress => readAddress(new URLSearchParams(text));

describe('the address of the list', () => {
  it('says all that was chosen', () => {
    const chosen: ListAddress = {
      wish: { typed: 'web folder:a', state: 'LOST', hostId: 'h', poolId: 'p', sort: 'MEMORY', descending: true },
      cursor: 'c=',
      page: 7,
    };
    expect(read(writeAddress(chosen).toString())).toEqual(chosen);
  });
  it('is empty where nothing was chosen', () => {
    expect(writeAddress({ wish: { typed: '' }, page: 1 }).toString()).toBe('');
    expect(read('')).toEqual({ wish: { typed: '' }, page: 1 });
  });
  it.each(['state=RUNING', 'sort=colour', 'page=7', 'from=', 'page=x'])('forgets what it does not know: %s', (text) =>
    expect(read(text)).toEqual({ wish: { typed: '' }, page: 1 }),
  );
  it('becomes what the server is asked', () =>
    expect(queryOf(read('find=web+os%3Adebian&state=PAUSED').wish)).toEqual({
      search: 'web',
      system: 'debian',
      state: 'PAUSED',
    }));
});
