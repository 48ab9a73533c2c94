import type { ChangePool, DriverSetting, Pool } from '../../../core/api/types';

/** What is in the form's fields. Of secrets, only what was typed; what they are is never known here. */
export interface PoolEdits {
  name: string;
  values: Readonly<Record<string, string>>;
  /** Secrets that the pool is to have no more. */
  forgotten: readonly string[];
}

export const editsOf = (pool: Pool): PoolEdits => ({ name: pool.name, values: pool.settings, forgotten: [] });

/** What was typed otherwise than it was; nothing else is to be written over what other people say meanwhile. */
export function changesOf(typed: PoolEdits, before: PoolEdits, settings: readonly DriverSetting[]): ChangePool {
  const changed: Record<'settings' | 'secrets', Record<string, string | null>> = { settings: {}, secrets: {} };
  for (const { name, secret, changeable } of settings) {
    const value = (typed.values[name] ?? '').trim();
    const was = secret ? '' : (before.values[name] ?? '');
    if (secret && typed.forgotten.includes(name)) changed.secrets[name] = null;
    else if (changeable && value !== was) changed[secret ? 'secrets' : 'settings'][name] = value === '' ? null : value;
  }
  return {
    ...(typed.name === before.name ? {} : { name: typed.name }),
    ...(Object.keys(changed.settings).length > 0 ? { settings: changed.settings } : {}),
    ...(Object.keys(changed.secrets).length > 0 ? { secrets: changed.secrets } : {}),
  };
}

/** What is wrong with a setting before anybody is asked. */
export function settingError(
  typed: PoolEdits,
  { name, required, secret, changeable }: DriverSetting,
): string | undefined {
  if (!changeable || secret || !required) return undefined;
  return (typed.values[name] ?? '').trim() === '' ? 'It is needed.' : undefined;
}

/** The server's names of the form's fields; a host calls all of them settings. */
export const fieldsOf = (settings: readonly DriverSetting[]): readonly string[] => [
  'name',
  ...settings.flatMap(({ name }) => [`settings.${name}`, `secrets.${name}`]),
];
