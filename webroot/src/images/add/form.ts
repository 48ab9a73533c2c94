import type { Checksums, CreateImage, LookUpChecksums } from '../../core/api/types';
import { nameError, sumError, sumOf } from '../../core/form/names';
import { guessFormat, nameFromFile } from '../../core/upload/fileNames';
import type { HostFile } from './announcement';

/** What is typed into the form, as it is typed. */
export interface ImageForm {
  source: 'upload' | 'web' | 'host';
  file: File | undefined;
  url: string;
  path: string;
  /** Empty: any host. */
  hostId: string;
  /** Undefined until typed; the file's name suggests one meanwhile. */
  name: string | undefined;
  /** Undefined until chosen; the file's name suggests one meanwhile. */
  format: CreateImage['format'] | undefined;
  distribution: string;
  systemVersion: string;
  defaultUser: string;
  /** SHA-256, SHA-512 or MD5, or the address of a list that has one of them. */
  sum: string;
}

export const EMPTY_FORM: ImageForm = {
  source: 'upload',
  file: undefined,
  url: '',
  path: '',
  hostId: '',
  name: undefined,
  format: undefined,
  distribution: '',
  systemVersion: '',
  defaultUser: '',
  sum: '',
};

/** What the server calls the fields. */
export const FIELDS = [
  'name',
  'format',
  'operatingSystem',
  'operatingSystem.distribution',
  'operatingSystem.version',
  'defaultUser',
  'sha256',
  'sha512',
  'md5',
  'checksumsUrl',
  'url',
  'path',
  'hostId',
] as const;

const WEB_PROTOCOLS: ReadonlySet<string> = new Set(['https:', 'http:']);

function parseUrl(text: string): URL | undefined {
  if (!URL.canParse(text.trim())) return undefined;
  const url = new URL(text.trim());
  return WEB_PROTOCOLS.has(url.protocol) && url.hostname !== '' ? url : undefined;
}

/** What is wrong with an address of the web; what is still empty is not called wrong. */
export function urlError(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const url = parseUrl(text);
  if (!url) return 'An address of the web, as in https://example.org/image.qcow2.';
  return url.username === '' && url.password === ''
    ? undefined
    : 'Without a user name or password: it is kept and shown.';
}

/** With what is written as %20 read as a space; empty where there is none yet. */
function pathOf(text: string): string {
  const path = parseUrl(text)?.pathname ?? '';
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function fileName({ source, file, url, path }: ImageForm): string {
  switch (source) {
    case 'upload':
      return file?.name ?? '';
    case 'web':
      return pathOf(url);
    case 'host':
      return path;
  }
}

/** What the file is called in a list of checksums. */
const baseName = (form: ImageForm): string => fileName(form).replace(/^.*\//, '');

/** The list that the checksum is looked up in; undefined when it was typed itself, or none was. */
export const listOf = (form: ImageForm): LookUpChecksums | undefined =>
  parseUrl(form.sum) && { checksumsUrl: form.sum.trim(), fileName: baseName(form) };

function sumProblem(text: string): string | undefined {
  return parseUrl(text) ? urlError(text) : sumError(text);
}

export const nameOf = (form: ImageForm): string => form.name ?? nameFromFile(fileName(form));

export const formatOf = (form: ImageForm): CreateImage['format'] =>
  form.format ?? guessFormat(fileName(form)) ?? 'qcow2';

/** What is wrong with what was typed; what is still empty is not called wrong. */
export function problemsOf(form: ImageForm): {
  name?: string;
  path?: string;
  url?: string;
  sum?: string;
  system?: string;
} {
  const name = nameOf(form);
  const nameProblem = name === '' ? undefined : nameError(name);
  const wrongSum = sumProblem(form.sum);
  const urlProblem = urlError(form.url);
  return {
    ...(nameProblem === undefined ? {} : { name: nameProblem }),
    ...(form.path === '' || form.path.startsWith('/') ? {} : { path: 'An absolute path, beginning with /.' }),
    ...(urlProblem === undefined ? {} : { url: urlProblem }),
    ...(wrongSum === undefined ? {} : { sum: wrongSum }),
    ...(form.distribution.trim() === '' && form.systemVersion.trim() !== ''
      ? { system: 'A version of which system?' }
      : {}),
  };
}

function isSourceGiven(form: ImageForm): boolean {
  const problems = problemsOf(form);
  switch (form.source) {
    case 'upload':
      return form.file !== undefined;
    case 'web':
      return form.url.trim() !== '' && problems.url === undefined;
    case 'host':
      return form.path.length > 1 && problems.path === undefined;
  }
}

export function isReady(form: ImageForm): boolean {
  const problems = problemsOf(form);
  return (
    isSourceGiven(form) &&
    nameOf(form) !== '' &&
    [problems.name, problems.sum, problems.system].every((problem) => problem === undefined)
  );
}

const text = (value: string, key: string): Record<string, string> =>
  value.trim() === '' ? {} : { [key]: value.trim() };

function system({ distribution, systemVersion }: ImageForm): Pick<CreateImage, 'operatingSystem'> {
  return distribution.trim() === ''
    ? {}
    : { operatingSystem: { distribution: distribution.trim(), ...text(systemVersion, 'version') } };
}

/** @param listed what the list says that the form names */
export function toAnnouncement(form: ImageForm, listed: Checksums = {}): CreateImage {
  return {
    name: nameOf(form),
    format: formatOf(form),
    ...system(form),
    ...text(form.defaultUser, 'defaultUser'),
    ...(listOf(form) ? listed : text(form.sum, sumOf(form.sum) ?? 'sha256')),
  };
}

export function toHostFile(form: ImageForm): HostFile {
  return { path: form.path, ...(form.hostId === '' ? {} : { hostId: form.hostId }) };
}
