import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../core/api/problem';
import type { Driver, Trial } from '../../../core/api/types';
import { EMPTY_DRAFT, isComplete, settingErrors, settingsOf } from './poolDraft';

const FIXED = { changeable: false, aboutChange: '' };
const ceph: Driver = {
  name: 'ceph',
  settings: [
    { name: 'monitors', required: true, secret: false, ...FIXED, description: 'The monitors.' },
    { name: 'user', required: false, secret: false, ...FIXED, description: 'The user.' },
    { name: 'key', required: true, secret: true, ...FIXED, description: 'The key.' },
  ],
};

describe('a pool that is being typed', () => {
  it('sends what is secret apart, and nothing that was left empty or belongs to another type', () => {
    const values = { monitors: 'a,b', user: '', key: 'k', path: '/typed/before' };
    expect(settingsOf(ceph, values)).toEqual({ settings: { monitors: 'a,b' }, secrets: { key: 'k' } });
  });

  it('is complete with a name and all that is required', () => {
    const draft = { ...EMPTY_DRAFT, name: 'fast', driver: 'ceph' };
    expect(isComplete({ ...draft, values: { monitors: 'a' } }, ceph)).toBe(false);
    expect(isComplete({ ...draft, values: { monitors: 'a', key: ' ' } }, ceph)).toBe(false);
    expect(isComplete({ ...draft, values: { monitors: 'a', key: 'k' } }, ceph)).toBe(true);
    expect(isComplete({ ...draft, name: '-', values: { monitors: 'a', key: 'k' } }, ceph)).toBe(false);
    expect(isComplete(draft, undefined)).toBe(false);
  });

  it('says beside the setting what a host or the server finds wrong with it', () => {
    const trial = { hostId: 'h', usable: false, field: 'settings.key', problem: 'The key is refused.' } as Trial;
    expect(settingErrors(undefined, [trial])).toEqual({ key: 'The key is refused.' });
    const refusal = new ApiError('No.', 422, 'INVALID', [{ field: '/settings/monitors', message: 'Not a host.' }]);
    expect(settingErrors(refusal, [])).toEqual({ monitors: 'Not a host.' });
  });
});
