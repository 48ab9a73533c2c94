import type { MigrateVm } from '../../core/api/types';

/** How a VM is to be moved, as it is typed; NaN for what is left empty. */
export interface Limits {
  bandwidth: number;
  downtime: number;
  autoConverge: boolean;
}

export const NO_LIMITS: Limits = { bandwidth: NaN, downtime: NaN, autoConverge: false };

const MOST_MIB_PER_SECOND = 100_000;
const MOST_MILLIS = 60_000;

/** The server's names of the fields. */
export const LIMIT_FIELDS = ['bandwidthMibPerSecond', 'maxDowntimeMillis', 'autoConverge'] as const;
type LimitField = (typeof LIMIT_FIELDS)[number];
export type LimitErrors = Readonly<Partial<Record<LimitField, string | undefined>>>;

function countError(count: number, most: number): string | undefined {
  if (Number.isNaN(count) || (Number.isInteger(count) && count >= 1 && count <= most)) return undefined;
  return `A whole number from 1 to ${most}.`;
}

/** What the form itself can tell is wrong. */
export function limitErrors({ bandwidth, downtime }: Limits): LimitErrors {
  return {
    bandwidthMibPerSecond: countError(bandwidth, MOST_MIB_PER_SECOND),
    maxDowntimeMillis: countError(downtime, MOST_MILLIS),
  };
}

export const areFine = (errors: LimitErrors): boolean => Object.values(errors).every((error) => error === undefined);

export function migrateRequest(hostId: string, { bandwidth, downtime, autoConverge }: Limits): MigrateVm {
  return {
    hostId,
    ...(Number.isNaN(bandwidth) ? {} : { bandwidthMibPerSecond: bandwidth }),
    ...(Number.isNaN(downtime) ? {} : { maxDowntimeMillis: downtime }),
    autoConverge,
  };
}
