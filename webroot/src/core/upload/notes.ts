import type { Note } from './sendInParts';

/** A file that was sent in parts and not to its end, as this browser remembers it. */
export interface FileNote {
  /** Where it was sent, as in "/images/ID/content". */
  path: string;
  /** Of what the file is to become. */
  name: string;
  fileName: string;
  sizeBytes: number;
  /** In milliseconds since 1970. */
  modifiedAt: number;
}

const PREFIX = 'limiquantix-sent-to ';

const keyOf = (userId: string, path: string): string => `${PREFIX}${userId} ${path}`;

/** A browser may be told to keep nothing; an upload then begins anew after the page was left. */
function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function isNote(value: unknown): value is FileNote {
  if (typeof value !== 'object' || value === null) return false;
  const { path, name, fileName, sizeBytes, modifiedAt } = value as Partial<Record<keyof FileNote, unknown>>;
  return (
    [path, name, fileName].every((one) => typeof one === 'string') &&
    Number.isInteger(sizeBytes) &&
    Number.isInteger(modifiedAt)
  );
}

function parse(text: string | null | undefined): FileNote | undefined {
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isNote(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this is the very file, as far as a browser can tell without reading it. */
export function isOf(note: FileNote, file: File): boolean {
  return note.fileName === file.name && note.sizeBytes === file.size && note.modifiedAt === file.lastModified;
}

export function readNote(userId: string, path: string): FileNote | undefined {
  return parse(storage()?.getItem(keyOf(userId, path)));
}

export function dropNote(userId: string, path: string): void {
  storage()?.removeItem(keyOf(userId, path));
}

/** What a user sent with this browser and not to its end. */
export function readNotes(userId: string): readonly FileNote[] {
  const kept = storage();
  return Object.keys(kept ?? {})
    .filter((key) => key.startsWith(keyOf(userId, '')))
    .map((key) => parse(kept?.getItem(key)))
    .filter((note) => note !== undefined);
}

/** What is remembered of the file that a user sends there. */
export function noteAt(userId: string, path: string, name: string): Note {
  return {
    isOf: (file) => {
      const note = readNote(userId, path);
      return note !== undefined && isOf(note, file);
    },
    keep: (file) => {
      const note: FileNote = { path, name, fileName: file.name, sizeBytes: file.size, modifiedAt: file.lastModified };
      try {
        storage()?.setItem(keyOf(userId, path), JSON.stringify(note));
      } catch {
        // No room in the browser: as if it kept nothing.
        dropNote(userId, path);
      }
    },
    drop: () => dropNote(userId, path),
  };
}
