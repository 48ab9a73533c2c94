import { describe, expect, it } from 'vitest';
import type { DriverSetting } from '../../../core/api/types';
import { changesOf, settingError, type PoolEdits } from './poolEdits';

const setting = (name: string, more: Partial<DriverSetting> = {}): DriverSetting => ({
  ...{ name, required: false, secret: false, changeable: true, aboutChange: '', description: '' },
  ...more,
});
const SETTINGS = [
  setting('place', { changeable: false, required: true }),
  setting('servers', { required: true }),
  setting('options'),
  setting('key', { secret: true }),
];
const BEFORE: PoolEdits = { name: 'p1', values: { place: 'here', servers: 'a', options: 'fast' }, forgotten: [] };
const typed = (values: Record<string, string>, more: Partial<PoolEdits> = {}): PoolEdits => ({
  ...BEFORE,
  values: { ...BEFORE.values, ...values },
  ...more,
});

describe('what is sent of an edited pool', () => {
  it('is nothing but what was typed otherwise', () => {
    expect(changesOf(typed({}), BEFORE, SETTINGS)).toEqual({});
    expect(changesOf(typed({ servers: 'b', options: '' }), BEFORE, SETTINGS)).toEqual({
      settings: { servers: 'b', options: null },
    });
    expect(changesOf(typed({}, { name: 'p2' }), BEFORE, SETTINGS)).toEqual({ name: 'p2' });
  });

  it('holds a secret only when one was typed or is to be forgotten', () => {
    expect(changesOf(typed({ key: 'new' }), BEFORE, SETTINGS)).toEqual({ secrets: { key: 'new' } });
    expect(changesOf(typed({}, { forgotten: ['key'] }), BEFORE, SETTINGS)).toEqual({ secrets: { key: null } });
  });

  it('is not sent while something that is needed is missing', () => {
    expect(SETTINGS.map((one) => settingError(typed({ servers: ' ' }), one))).toEqual([
      undefined,
      'It is needed.',
      undefined,
      undefined,
    ]);
  });
});
