import type { Image } from '../core/api/types';
import type { Tone } from '../core/layout/StateLabel';

const STATES: Record<Image['state'], { text: string; tone: Tone; busy?: boolean }> = {
  DRAFT: { text: 'Waiting for its file', tone: 'neutral' },
  CHECKING: { text: 'Checking', tone: 'info', busy: true },
  READY: { text: 'Ready', tone: 'success' },
  REFUSED: { text: 'Refused', tone: 'danger' },
};

export function imageState(image: Pick<Image, 'state'>): { text: string; tone: Tone; busy?: boolean } {
  return STATES[image.state];
}
