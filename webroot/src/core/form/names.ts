const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** What is wrong with the name of a thing; undefined when nothing is. */
export function nameError(name: string): string | undefined {
  if (name === '') return 'A name is needed.';
  if (name.length > 63) return 'At most 63 characters.';
  if (!NAME.test(name)) return 'Letters, digits, dot, underscore and hyphen; the first is a letter or a digit.';
  return undefined;
}

const SHA256 = /^[0-9a-fA-F]{64}$/;

/** What is wrong with a SHA-256 that may be left out. */
export function sha256Error(text: string): string | undefined {
  return text.trim() === '' || SHA256.test(text.trim()) ? undefined : '64 hexadecimal digits.';
}

/** What a checksum is called by how many digits it has. */
const SUM_OF_DIGITS: ReadonlyMap<number, 'md5' | 'sha256' | 'sha512'> = new Map([
  [32, 'md5'],
  [64, 'sha256'],
  [128, 'sha512'],
]);

/** Which checksum it is, as a file is published with; undefined where it is none. */
export function sumOf(text: string): 'md5' | 'sha256' | 'sha512' | undefined {
  const digits = text.trim();
  return /^[0-9a-f]+$/i.test(digits) ? SUM_OF_DIGITS.get(digits.length) : undefined;
}

/** What is wrong with a checksum that may be left out. */
export function sumError(text: string): string | undefined {
  return text.trim() === '' || sumOf(text)
    ? undefined
    : '64 hexadecimal digits of SHA-256, 128 of SHA-512 or 32 of MD5.';
}

/** A server's path to a field in one form: "/disks/0/sizeBytes" becomes "disks[0].sizeBytes". */
export function normaliseField(path: string): string {
  return path
    .replace(/^[#$]?[./]*/, '')
    .replace(/[./](\d+)(?=[./]|$)/g, '[$1]')
    .replace(/\//g, '.');
}
