import type { UnmanagedVm } from '../../core/api/types';

/** What tells a domain from all others: those of two hosts may have the same id. */
export const keyOf = ({ hostId, uuid }: UnmanagedVm): string => `${hostId} ${uuid}`;

/** What tells it from all others in words: those of two hosts may have the same name. */
export const fullName = ({ name, hostName }: UnmanagedVm): string => `${name} on ${hostName}`;

export const isOff = ({ state }: UnmanagedVm): boolean => state === 'STOPPED' || state === 'CRASHED';
