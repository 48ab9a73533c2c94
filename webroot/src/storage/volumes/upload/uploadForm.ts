import type { CreateVolumeUpload, Pool } from '../../../core/api/types';
import { formatBytes } from '../../../core/format/bytes';
import { nameError, sha256Error } from '../../../core/form/names';
import { guessFormat, nameFromFile } from '../../../core/upload/fileNames';

type Format = CreateVolumeUpload['format'];

/** What is typed into the form, as it is typed. */
export interface UploadForm {
  file: File | undefined;
  /** Whether the file's first bytes are those of qcow2; undefined until they are read. */
  qcow2: boolean | undefined;
  /** Undefined until typed; the file's name suggests one meanwhile. */
  name: string | undefined;
  /** Undefined until chosen; the file suggests one meanwhile. */
  format: Format | undefined;
  poolId: string;
  hostId: string;
  sha256: string;
}

/** What the server calls the fields. */
export const FIELDS = ['name', 'poolId', 'hostId', 'format', 'sha256'] as const;

export const emptyForm = (poolId: string): UploadForm => ({
  file: undefined,
  qcow2: undefined,
  name: undefined,
  format: undefined,
  poolId,
  hostId: '',
  sha256: '',
});

export const nameOf = (form: UploadForm): string => form.name ?? nameFromFile(form.file?.name ?? '');

export function formatOf({ format, qcow2, file }: UploadForm): Format {
  if (format) return format;
  if (qcow2 !== undefined) return qcow2 ? 'qcow2' : 'raw';
  return guessFormat(file?.name ?? '') === 'qcow2' ? 'qcow2' : 'raw';
}

/** Whether the volume's host has to be named: the pool is a place of its own on each of several. */
export function needsHost(pool: Pool | undefined): boolean {
  return pool !== undefined && !pool.shared && pool.hosts.filter((host) => host.usable).length > 1;
}

/** What is wrong with what was typed; what is still empty is not called wrong. */
export function problemsOf(form: UploadForm): { file?: string; name?: string; sha256?: string } {
  const name = nameOf(form);
  const nameProblem = name === '' ? undefined : nameError(name);
  const sha256Problem = sha256Error(form.sha256);
  return {
    ...(form.file?.size === 0 ? { file: 'The file is empty.' } : {}),
    ...(nameProblem === undefined ? {} : { name: nameProblem }),
    ...(sha256Problem === undefined ? {} : { sha256: sha256Problem }),
  };
}

/** What the server will say of the format after the last byte, said before the first. */
export function formatWarning(form: UploadForm): string | undefined {
  if (form.qcow2 === undefined || (formatOf(form) === 'qcow2') === form.qcow2) return undefined;
  return form.qcow2
    ? 'The file begins as a qcow2 file does. As raw it is refused.'
    : 'The file does not begin as a qcow2 file does. As qcow2 it is refused.';
}

/** Whether the file is larger than what is free where it is to go, as far as is known. */
export function roomWarning({ file, hostId }: UploadForm, pool: Pool | undefined): string | undefined {
  if (!file || !pool) return undefined;
  const usable = pool.hosts.filter((host) => host.usable && (hostId === '' || host.hostId === hostId));
  const free = Math.max(0, ...usable.map((host) => host.freeBytes));
  if (usable.length === 0 || file.size <= free) return undefined;
  return `The file has ${formatBytes(file.size)}, and ${formatBytes(free)} are free there.`;
}

export function isReady(form: UploadForm, pool: Pool | undefined): boolean {
  const hostGiven = form.hostId !== '' || !needsHost(pool);
  const given = form.file !== undefined && nameOf(form) !== '' && pool !== undefined && hostGiven;
  return given && Object.keys(problemsOf(form)).length === 0;
}

export function toAnnouncement(form: UploadForm): CreateVolumeUpload {
  const sha256 = form.sha256.trim();
  return {
    name: nameOf(form),
    poolId: form.poolId,
    format: formatOf(form),
    ...(form.hostId === '' ? {} : { hostId: form.hostId }),
    ...(sha256 === '' ? {} : { sha256 }),
  };
}
