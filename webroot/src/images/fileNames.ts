import type { CreateImage } from '../core/api/types';

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A name that the library takes, from a file's: "Debian 13 (cloud).qcow2" becomes "Debian-13-cloud". */
export function nameFromFile(path: string): string {
  return base(path)
    .replace(/\.(qcow2|img|raw|iso)$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 63);
}

/** What a file's name says of its format; ".img" may be either, so it says nothing. */
export function guessFormat(path: string): CreateImage['format'] | undefined {
  const extension = /\.(qcow2|raw|iso)$/i.exec(base(path))?.[1]?.toLowerCase();
  return extension as CreateImage['format'] | undefined;
}
