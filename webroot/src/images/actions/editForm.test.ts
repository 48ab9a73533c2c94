import { describe, expect, it } from 'vitest';
import type { LibraryImage } from '../library';
import { changesOf, editOf, isRight, tagsError } from './editForm';

const image = {
  name: 'debian',
  description: '',
  tags: ['lts', 'web'],
  visibility: 'SHARED',
  state: 'READY',
} as unknown as LibraryImage;
const typed = editOf(image);

describe('what is said otherwise of an image', () => {
  it('is nothing while nothing was typed', () => expect(changesOf(image, typed)).toEqual({}));
  it('is what was typed, and nothing else', () => {
    expect(changesOf(image, { ...typed, tags: ' web, new ' })).toEqual({ tags: ['web', 'new'] });
    expect(changesOf(image, { ...typed, tags: '' })).toEqual({ tags: [] });
    expect(changesOf(image, { ...typed, visibility: 'PRIVATE' })).toEqual({ visibility: 'PRIVATE' });
    expect(changesOf(image, { ...typed, offered: 'no' })).toEqual({ deprecated: true });
    const old = { ...image, state: 'DEPRECATED' } as LibraryImage;
    expect(changesOf(old, { ...editOf(old), offered: 'yes' })).toEqual({ deprecated: false });
  });
  it('has tags that the server takes', () => {
    expect(tagsError('a b, c/d:e')).toBeUndefined();
    expect(tagsError('ok <b>')).toMatch(/^<b> is no tag/);
    expect(tagsError('x'.repeat(41))).toMatch(/is no tag/);
    expect(tagsError(Array.from({ length: 21 }, (_, i) => `t${i}`).join(' '))).toBe('At most 20 tags.');
    expect(isRight({ ...typed, tags: '-' })).toBe(false);
    expect(isRight(typed)).toBe(true);
  });
});
