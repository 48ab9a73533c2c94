const TYPES = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];

/** The type that the key's own bytes name: a length and so many characters. */
function innerType(blob: string): string | undefined {
  try {
    const bytes = atob(blob);
    if (bytes.length < 8) return undefined;
    const length = [0, 1, 2, 3].reduce((sum, i) => sum * 256 + bytes.charCodeAt(i), 0);
    return length < bytes.length ? bytes.slice(4, 4 + length) : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with one line of a public key file; undefined when nothing is. */
export function sshKeyError(key: string): string | undefined {
  const text = key.trim();
  if (text.includes('PRIVATE KEY')) return 'This is a private key. Paste the public one (the .pub file) instead.';
  if (/[\r\n]/.test(text)) return 'One key per field.';
  const [type, blob] = text.split(/\s+/);
  if (!type || !TYPES.includes(type)) return 'It must begin with a key type such as ssh-ed25519 or ssh-rsa.';
  if (!blob) return 'The key itself is missing after its type.';
  const inner = innerType(blob);
  if (inner === undefined) return 'The key is damaged: it is not valid base64, or cut off.';
  return inner === type ? undefined : `The key says that it is ${type}, but it is not.`;
}

/** The fields of a form after a paste: several lines become several keys. */
export function splitKeys(text: string): string[] {
  if (text.includes('PRIVATE KEY')) return [text];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.length > 1 ? lines.map((line) => line.trim()) : [text.replace(/\r?\n/g, '')];
}
