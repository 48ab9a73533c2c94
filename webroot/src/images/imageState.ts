import type { Image } from '../core/api/types';
import type { Tone } from '../core/layout/StateLabel';
import type { LibraryImage } from './library';

const STATES: Record<Image['state'], { text: string; tone: Tone; busy?: boolean }> = {
  DRAFT: { text: 'Waiting for its file', tone: 'neutral' },
  CHECKING: { text: 'Checking', tone: 'info', busy: true },
  READY: { text: 'Ready', tone: 'success' },
  DEPRECATED: { text: 'Deprecated', tone: 'warning' },
  REFUSED: { text: 'Refused', tone: 'danger' },
};

/** Said of an image whose check nobody goes on with. */
export const ABANDONED = 'Nothing checks it any more. Delete it and add it again.';

export function imageState(image: Pick<LibraryImage, 'state' | 'abandoned' | 'coming'>): {
  text: string;
  tone: Tone;
  busy?: boolean;
} {
  if (image.abandoned) return { text: 'Check broken off', tone: 'warning' };
  const state = STATES[image.state];
  return image.coming ? { ...state, text: image.coming } : state;
}
