import { ApiError } from '../../../core/api/problem';
import type { CreatePool, Driver, DriverSetting, Trial } from '../../../core/api/types';
import { nameError } from '../../../core/form/names';

/** What was typed so far; settings of one type are kept while another one is looked at. */
export interface PoolDraft {
  name: string;
  driver: string;
  values: Record<string, string>;
  hostIds: readonly string[];
}

export const EMPTY_DRAFT: PoolDraft = { name: '', driver: 'local', values: {}, hostIds: [] };

/** A driver's settings by their names, those left empty left out; what is secret apart from the rest. */
export function settingsOf(
  driver: Pick<Driver, 'settings'>,
  values: Record<string, string>,
): Pick<CreatePool, 'settings'> & { secrets: Record<string, string> } {
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const { name, secret } of driver.settings) {
    const value = values[name] ?? '';
    if (value !== '') (secret ? secrets : settings)[name] = value;
  }
  return { settings, secrets };
}

export function missing(driver: Pick<Driver, 'settings'>, values: Record<string, string>): readonly DriverSetting[] {
  return driver.settings.filter(({ name, required }) => required && (values[name] ?? '').trim() === '');
}

export function isComplete(draft: PoolDraft, driver: Driver | undefined): boolean {
  return driver !== undefined && nameError(draft.name) === undefined && missing(driver, draft.values).length === 0;
}

const lastPart = (path: string): string => path.split(/[./]/).at(-1) ?? path;

/** What a refusal or a trial says of each setting, by the setting's name. */
export function settingErrors(failure: unknown, trials: readonly Trial[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { field, problem } of trials) {
    if (field && problem) errors[lastPart(field)] = problem;
  }
  for (const { field, message } of failure instanceof ApiError ? failure.fieldErrors : []) {
    errors[lastPart(field)] = message;
  }
  return errors;
}
