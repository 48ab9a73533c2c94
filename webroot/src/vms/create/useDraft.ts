import { useState } from 'react';
import type { Image } from '../../core/api/types';
import { EMPTY_DRAFT, withImage, type Draft } from './draft';

interface Typed {
  draft: Draft;
  /** The image that was chosen, as long as it is offered. */
  image: Image | undefined;
  /** Whether anything was typed or chosen by hand. */
  isTyped: boolean;
  edit: (change: Partial<Draft>) => void;
  choose: (image: Image) => void;
}

/** The image that the address names, or the only one there is. */
const firstImage = (offered: readonly Image[], wanted: string | null): Image | undefined =>
  offered.find(({ id }) => id === wanted) ?? (offered.length === 1 ? offered[0] : undefined);

/**
 * What is typed into the form.
 *
 * @param offered the images to choose from; none before they are known
 * @param wanted the image that the address names
 */
export function useDraft(offered: readonly Image[], wanted: string | null): Typed {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [isTyped, setTyped] = useState(false);
  const image = offered.find(({ id }) => id === draft.imageId);
  const first = draft.imageId === '' ? firstImage(offered, wanted) : undefined;
  if (first) setDraft(withImage(draft, first, undefined));
  return {
    draft,
    image,
    isTyped,
    edit: (change) => {
      setDraft((now) => ({ ...now, ...change }));
      setTyped(true);
    },
    choose: (chosen) => {
      setDraft((now) => withImage(now, chosen, image));
      setTyped(true);
    },
  };
}
