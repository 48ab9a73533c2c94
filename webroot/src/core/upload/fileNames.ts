import type { CreateImage } from '../api/types';

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const COMPRESSED = /\.(gz|xz|zst|bz2)$/i;

/** A name that a thing may have, from a file's: "Debian 13 (cloud).qcow2.xz" becomes "Debian-13-cloud". */
export function nameFromFile(path: string): string {
  return base(path)
    .replace(COMPRESSED, '')
    .replace(/\.(qcow2|img|raw|iso|vmdk|vhd|vhdx|vdi|qed|ova)$/i, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 63);
}

/** What a file's name says of its format, compressed or not; ".img" may be either, so it says nothing. */
export function guessFormat(path: string): CreateImage['format'] | undefined {
  const plain = base(path).replace(COMPRESSED, '');
  const extension = /\.(qcow2|raw|iso|vmdk|vhd|vhdx|vdi|qed|ova)$/i.exec(plain)?.[1]?.toLowerCase();
  return extension as CreateImage['format'] | undefined;
}

const QCOW2 = [0x51, 0x46, 0x49, 0xfb] as const;

/** Whether the file begins as qcow2 does; false also where it cannot be read. */
export async function beginsAsQcow2(file: Blob): Promise<boolean> {
  try {
    const first = new Uint8Array(await file.slice(0, QCOW2.length).arrayBuffer());
    return QCOW2.every((byte, i) => first[i] === byte);
  } catch {
    return false;
  }
}
