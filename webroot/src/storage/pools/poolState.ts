import type { Pool } from '../../core/api/types';
import type { Tone } from '../../core/layout/StateLabel';

export interface Badge {
  text: string;
  tone: Tone;
}

const STATES: Record<Pool['state'], Badge> = {
  READY: { text: 'Ready', tone: 'success' },
  DEGRADED: { text: 'Degraded', tone: 'warning' },
  UNAVAILABLE: { text: 'Unavailable', tone: 'danger' },
};

export function poolState(pool: Pick<Pool, 'state'>): Badge {
  return STATES[pool.state];
}

/** Everything that a person should know of the pool at a glance, the worst of it first. */
export function poolBadges(pool: Pick<Pool, 'state' | 'fullness' | 'maintenance'>): readonly Badge[] {
  const badges = [poolState(pool)];
  if (pool.fullness === 'FULL') badges.push({ text: 'Full', tone: 'danger' });
  if (pool.fullness === 'WARNING') badges.push({ text: 'Nearly full', tone: 'warning' });
  if (pool.maintenance) badges.push({ text: 'Maintenance', tone: 'info' });
  return badges;
}

export const POOL_FILTERS = {
  all: 'All',
  READY: 'Ready',
  DEGRADED: 'Degraded',
  UNAVAILABLE: 'Unavailable',
  full: 'Nearly full',
  maintenance: 'Maintenance',
} as const;

export type PoolFilter = keyof typeof POOL_FILTERS;

export function isShown(pool: Pool, filter: PoolFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'full':
      return pool.fullness !== 'NORMAL';
    case 'maintenance':
      return pool.maintenance;
    default:
      return pool.state === filter;
  }
}

export interface PoolTotals {
  count: number;
  capacityBytes: number;
  usedBytes: number;
  troubled: number;
}

/** What all pools are together; one that cannot be used adds what is last known of it. */
export function totals(pools: readonly Pool[]): PoolTotals {
  return {
    count: pools.length,
    capacityBytes: pools.reduce((sum, pool) => sum + pool.capacityBytes, 0),
    usedBytes: pools.reduce((sum, pool) => sum + pool.capacityBytes - pool.freeBytes, 0),
    troubled: pools.filter((pool) => pool.state !== 'READY').length,
  };
}

/** Why nothing new can be put into the pool now; undefined where it can. */
export function takesNothing(pool: Pick<Pool, 'state' | 'maintenance'>): string | undefined {
  if (pool.maintenance) return 'in maintenance';
  return pool.state === 'UNAVAILABLE' ? 'cannot be used now' : undefined;
}
