import type { Image } from '../core/api/types';

export const TABS = { cloud: 'Cloud images', isos: 'ISOs', catalogue: 'Catalogue' } as const;
export type TabKey = keyof typeof TABS;

/** Where a tab is; the first one is the page's own address. */
export const tabPath = (tab: string | number): string => (tab === 'cloud' ? '/images' : `/images/${tab}`);

/** Where an image is shown. */
export const tabOf = ({ format }: Pick<Image, 'format'>): TabKey => (format === 'iso' ? 'isos' : 'cloud');

/** The list in which an image is, with nothing else in it but what is called alike. */
export const imagePath = (image: Pick<Image, 'name' | 'format'>): string =>
  `${tabPath(tabOf(image))}?search=${encodeURIComponent(image.name)}`;
