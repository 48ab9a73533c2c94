import type { DescribeImage } from '../../core/api/types';
import { nameError } from '../../core/form/names';
import type { LibraryImage } from '../library';
import { distributionError, memoryError, statedSystem, typedSystem, type TypedSystem } from '../system/system';

export const TEXTS = ['name', 'description', 'defaultUser'] as const;
export type TextName = (typeof TEXTS)[number];

/** What is typed into the form, as it is typed. */
export interface ImageEdit extends Record<TextName, string> {
  system: TypedSystem;
  tags: string;
  visibility: LibraryImage['visibility'];
  offered: 'yes' | 'no';
}

export const editOf = (image: LibraryImage): ImageEdit => ({
  name: image.name,
  description: image.description,
  defaultUser: image.defaultUser ?? '',
  system: typedSystem(image),
  tags: image.tags.join(' '),
  visibility: image.visibility,
  offered: image.state === 'DEPRECATED' ? 'no' : 'yes',
});

const TAG = /^[A-Za-z0-9][A-Za-z0-9._:/+-]{0,39}$/;
const MOST_TAGS = 20;

export const tagsOf = (text: string): string[] => text.split(/[\s,]+/).filter((tag) => tag !== '');

export function tagsError(text: string): string | undefined {
  const tags = tagsOf(text);
  const wrong = tags.find((tag) => !TAG.test(tag));
  if (wrong !== undefined) return `${wrong} is no tag: at most 40 letters, digits and . _ : / + -`;
  return tags.length > MOST_TAGS ? `At most ${MOST_TAGS} tags.` : undefined;
}

/** What was typed otherwise than it was; nothing else is to be written over what other people say meanwhile. */
export function changesOf(image: LibraryImage, typed: ImageEdit): DescribeImage {
  const before = editOf(image);
  const texts = TEXTS.filter((field) => typed[field] !== before[field]).map((field) => [field, typed[field].trim()]);
  const stated = statedSystem(image, typed.system);
  const sameTags = tagsOf(typed.tags).join(' ') === before.tags;
  return {
    ...(Object.fromEntries(texts) as Partial<Record<TextName, string>>),
    ...(stated === undefined ? {} : { operatingSystem: stated }),
    ...(sameTags ? {} : { tags: tagsOf(typed.tags) }),
    ...(typed.visibility === before.visibility ? {} : { visibility: typed.visibility }),
    ...(typed.offered === before.offered ? {} : { deprecated: typed.offered === 'no' }),
  };
}

export function isRight(typed: ImageEdit): boolean {
  return [
    nameError(typed.name),
    memoryError(typed.system),
    distributionError(typed.system),
    tagsError(typed.tags),
  ].every((problem) => problem === undefined);
}
