import type { CreateImage } from '../../core/api/types';
import { nameError, sha256Error } from '../../core/form/names';
import { guessFormat, nameFromFile } from '../../core/upload/fileNames';
import type { HostFile } from './announcement';

/** What is typed into the form, as it is typed. */
export interface ImageForm {
  source: 'upload' | 'host';
  file: File | undefined;
  path: string;
  /** Empty: any host. */
  hostId: string;
  /** Undefined until typed; the file's name suggests one meanwhile. */
  name: string | undefined;
  /** Undefined until chosen; the file's name suggests one meanwhile. */
  format: CreateImage['format'] | undefined;
  operatingSystem: string;
  defaultUser: string;
  sha256: string;
}

export const EMPTY_FORM: ImageForm = {
  source: 'upload',
  file: undefined,
  path: '',
  hostId: '',
  name: undefined,
  format: undefined,
  operatingSystem: '',
  defaultUser: '',
  sha256: '',
};

/** What the server calls the fields. */
export const FIELDS = ['name', 'format', 'operatingSystem', 'defaultUser', 'sha256', 'path', 'hostId'] as const;

const fileName = (form: ImageForm): string => (form.source === 'upload' ? (form.file?.name ?? '') : form.path);

export const nameOf = (form: ImageForm): string => form.name ?? nameFromFile(fileName(form));

export const formatOf = (form: ImageForm): CreateImage['format'] =>
  form.format ?? guessFormat(fileName(form)) ?? 'qcow2';

/** What is wrong with what was typed; what is still empty is not called wrong. */
export function problemsOf(form: ImageForm): { name?: string; path?: string; sha256?: string } {
  const name = nameOf(form);
  const nameProblem = name === '' ? undefined : nameError(name);
  const sha256Problem = sha256Error(form.sha256);
  return {
    ...(nameProblem === undefined ? {} : { name: nameProblem }),
    ...(form.path === '' || form.path.startsWith('/') ? {} : { path: 'An absolute path, beginning with /.' }),
    ...(sha256Problem === undefined ? {} : { sha256: sha256Problem }),
  };
}

export function isReady(form: ImageForm): boolean {
  const problems = problemsOf(form);
  const sourceGiven =
    form.source === 'upload' ? form.file !== undefined : form.path.length > 1 && problems.path === undefined;
  return sourceGiven && nameOf(form) !== '' && problems.name === undefined && problems.sha256 === undefined;
}

const text = (value: string, key: string): Record<string, string> =>
  value.trim() === '' ? {} : { [key]: value.trim() };

export function toAnnouncement(form: ImageForm): CreateImage {
  return {
    name: nameOf(form),
    format: formatOf(form),
    ...text(form.operatingSystem, 'operatingSystem'),
    ...text(form.defaultUser, 'defaultUser'),
    ...text(form.sha256, 'sha256'),
  };
}

export function toHostFile(form: ImageForm): HostFile {
  return { path: form.path, ...(form.hostId === '' ? {} : { hostId: form.hostId }) };
}
