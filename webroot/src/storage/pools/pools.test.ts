import { describe, expect, it } from 'vitest';
import type { Pool } from '../../core/api/types';
import { driverName, poolPlace, settingLabel } from './drivers';
import { isShown, poolBadges, totals } from './poolState';

const pool = (more: Partial<Pool>): Pool =>
  ({
    state: 'READY',
    fullness: 'NORMAL',
    maintenance: false,
    capacityBytes: 100,
    freeBytes: 40,
    ...more,
  }) as Pool;

describe('a pool', () => {
  it('says everything that is wrong with it', () => {
    const badges = poolBadges(pool({ state: 'DEGRADED', fullness: 'FULL', maintenance: true }));
    expect(badges.map(({ text }) => text)).toEqual(['Degraded', 'Full', 'Maintenance']);
    expect(poolBadges(pool({})).map(({ text }) => text)).toEqual(['Ready']);
  });

  it('is found by its state and by what is wrong with it', () => {
    const full = pool({ fullness: 'WARNING' });
    expect(isShown(full, 'full')).toBe(true);
    expect(isShown(full, 'READY')).toBe(true);
    expect(isShown(full, 'maintenance')).toBe(false);
    expect(isShown(pool({ state: 'UNAVAILABLE' }), 'READY')).toBe(false);
  });

  it('counts with the others', () => {
    expect(totals([pool({}), pool({ state: 'UNAVAILABLE', capacityBytes: 0, freeBytes: 0 })])).toEqual({
      count: 2,
      capacityBytes: 100,
      usedBytes: 60,
      troubled: 1,
    });
  });

  it('is where its driver says', () => {
    expect(poolPlace({ driver: 'nfs', settings: { export: '/vms', server: 'nas' } })).toBe('nas:/vms');
    expect(poolPlace({ driver: 'other', settings: { bucket: 'b', zone: 'z' } })).toBe('b, z');
    expect(driverName('other')).toBe('other');
  });

  it('has settings with names for people', () => {
    expect(settingLabel('volumeGroup')).toBe('Volume group');
    expect(settingLabel('chapUser')).toBe('CHAP user');
    expect(settingLabel('path')).toBe('Directory');
  });
});
