import { describe, expect, it } from 'vitest';
import type { Image, Task } from '../core/api/types';
import { deleteImage } from './actions/delete';
import { isAbandoned, type LibraryImage } from './library';

const image = (state: Image['state']): Image => ({ id: 'i', state }) as Image;
const task = (id: string, targetId: string, state: Task['state']): Task => ({ id, targetId, state }) as Task;
const running = task('t', 'i', 'RUNNING');
const ended = task('t', 'i', 'FAILED');

describe('an image that is being checked', () => {
  it.each([
    ['nothing works on it', [], [], true],
    ['a task works on it', [running], [], false],
    ['an older task works on it', [], [running], false],
    ['its task has ended since', [ended], [running], true],
    ['only another image is worked on', [task('t', 'other', 'RUNNING')], [], true],
    ['nobody knows yet', [], undefined, false],
  ])('when %s', (_name, newest, active, abandoned) =>
    expect(isAbandoned(image('CHECKING'), newest, active)).toBe(abandoned),
  );
  it('is the only one that can be abandoned', () => expect(isAbandoned(image('READY'), [], [])).toBe(false));
  it.each([true, false])('can be deleted when abandoned is %s', (abandoned) => {
    const shown: LibraryImage = { ...image('CHECKING'), abandoned, coming: undefined };
    expect(deleteImage.availability(shown).available).toBe(abandoned);
  });
});
