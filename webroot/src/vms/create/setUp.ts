import type { CreateVm } from '../../core/api/types';

/** What cloud-init does at the first start beside making an account, as it is typed. */
export interface SetUp {
  by: 'cloudInit' | 'ignition' | 'cloudbase';
  /** Empty: the VM's name. */
  hostName: string;
  agent: boolean;
  /** One a line. */
  commands: string;
  /** Empty: the image's. */
  locale: string;
  timeZone: string;
  /** A cloud-config, a script or an Ignition configuration of one's own. */
  userData: string;
}

export const PLAIN_SET_UP: SetUp = {
  by: 'cloudInit',
  hostName: '',
  agent: true,
  commands: '',
  locale: '',
  timeZone: '',
  userData: '',
};

export const SETTERS: readonly { value: SetUp['by']; label: string }[] = [
  { value: 'cloudInit', label: 'cloud-init (most Linux images)' },
  { value: 'ignition', label: 'Ignition (CoreOS, Flatcar)' },
  { value: 'cloudbase', label: 'Cloudbase-Init (Windows)' },
];

/** The program that images of a system have. */
export function setterOf(distribution: string | undefined): SetUp['by'] {
  if (/windows/i.test(distribution ?? '')) return 'cloudbase';
  return /core ?os|flatcar/i.test(distribution ?? '') ? 'ignition' : 'cloudInit';
}

const HOST_NAME = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$/;
const LOCALE = /^(C|POSIX|[a-z]{2,3}(_[A-Z]{2})?)(\.[A-Za-z0-9-]{1,20})?(@[a-z]{1,20})?$/;
const ZONE = /^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/;

/** Those that the browser knows; a guest may know more. */
export const timeZones = (): string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];

const orEmpty = (pattern: RegExp, text: string, message: string): string | undefined =>
  text.trim() === '' || pattern.test(text.trim()) ? undefined : message;

/** The lines that are commands, as they are sent. */
export const commandLines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the form itself can tell is wrong; the server knows the time zones and reads the user-data. */
export function setUpErrors({ by, hostName, locale, timeZone }: SetUp): Record<string, string | undefined> {
  const named = {
    hostName: orEmpty(HOST_NAME, hostName, 'Labels of letters, digits and hyphens, with dots between them.'),
  };
  if (by !== 'cloudInit') return named;
  return {
    ...named,
    locale: orEmpty(LOCALE, locale, 'A locale looks like de_DE.UTF-8.'),
    timeZone: orEmpty(ZONE, timeZone, 'A time zone looks like Europe/Vienna.'),
  };
}

export function setUpRequest(setUp: SetUp): Partial<NonNullable<CreateVm['cloudInit']>> {
  const runCommands = commandLines(setUp.commands);
  const filled = (['hostName', 'locale', 'timeZone'] as const)
    .map((field) => [field, setUp[field].trim()] as const)
    .filter(([, text]) => text !== '');
  return {
    ...Object.fromEntries(filled),
    ...(setUp.agent ? { agent: true } : {}),
    ...(runCommands.length > 0 ? { runCommands } : {}),
    ...(setUp.userData.trim() === '' ? {} : { userData: setUp.userData }),
  };
}
