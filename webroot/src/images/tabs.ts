import type { Image } from '../core/api/types';

export const TABS = {
  cloud: 'Cloud images',
  isos: 'ISOs',
  appliances: 'Appliances',
  transfers: 'Transfers',
  catalogue: 'Catalogue',
} as const;
export type TabKey = keyof typeof TABS;
export type LibraryTab = Exclude<TabKey, 'catalogue' | 'transfers'>;

/** Where a tab is; the first one is the page's own address. */
export const tabPath = (tab: string | number): string => (tab === 'cloud' ? '/images' : `/images/${tab}`);

/** Where an image is shown. */
export function tabOf({ format }: Pick<Image, 'format'>): LibraryTab {
  if (format === 'iso') return 'isos';
  return format === 'ova' ? 'appliances' : 'cloud';
}

/** The list in which an image is, with nothing else in it but what is called alike. */
export const imagePath = (image: Pick<Image, 'name' | 'format'>): string =>
  `${tabPath(tabOf(image))}?search=${encodeURIComponent(image.name)}`;
