import type { Pool, Task, Vm, Volume } from '../../core/api/types';
import type { Tone } from '../../core/layout/StateLabel';
import { isActive } from '../../tasks/tasks';

/** A VM that has a volume, running or not. */
export interface VolumeUser {
  vmId: string;
  readOnly: boolean;
  vm: Vm | undefined;
}

/** A volume with what is known of where it lies and who has it. */
export interface VolumeRow {
  volume: Volume;
  pool: Pool | undefined;
  users: readonly VolumeUser[];
  /** What works on it now, as far as that is known. */
  task?: Task | undefined;
}

export const VOLUME_STATES: Record<Volume['state'], { text: string; tone: Tone; busy?: boolean }> = {
  CREATING: { text: 'Creating', tone: 'info', busy: true },
  READY: { text: 'Ready', tone: 'success' },
  DELETING: { text: 'Deleting', tone: 'warning', busy: true },
};

export function volumeRows(
  volumes: readonly Volume[],
  pools: readonly Pool[],
  vms: readonly Vm[],
  tasks: readonly Task[] = [],
): readonly VolumeRow[] {
  const poolOf = new Map(pools.map((pool) => [pool.id, pool]));
  const vmOf = new Map(vms.map((vm) => [vm.id, vm]));
  const taskOf = new Map(tasks.filter(isActive).map((task) => [task.targetId, task]));
  return volumes.map((volume) => ({
    volume,
    pool: poolOf.get(volume.poolId),
    users: volume.attachments.map((attachment) => ({ ...attachment, vm: vmOf.get(attachment.vmId) })),
    task: taskOf.get(volume.id),
  }));
}

export const VOLUME_FILTERS = {
  all: 'All',
  used: 'Of VMs',
  free: 'Of no VM',
  busy: 'Being worked on',
} as const;

export type VolumeFilter = keyof typeof VOLUME_FILTERS;

export function isShown({ volume, users }: VolumeRow, filter: VolumeFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'used':
      return users.length > 0;
    case 'free':
      return users.length === 0;
    case 'busy':
      return volume.state !== 'READY';
  }
}

const ON: readonly string[] = ['RUNNING', 'PAUSED', 'STOPPING', 'SUSPENDED'];

/** Whether a VM may be writing to it now, or knows in its memory what is on it. */
export function isInUse({ users }: VolumeRow): boolean {
  return users.some(({ vm }) => vm === undefined || ON.includes(vm.powerState));
}

export const userName = ({ vm, vmId }: VolumeUser): string => vm?.name ?? vmId;

/** Whether one VM more may not have it, whichever that is. */
export function isTaken({ volume, users }: VolumeRow): boolean {
  return users.length > 0 && !volume.shareable;
}

/** Why the volume cannot have snapshots, or have one now; undefined where it can. */
export function noSnapshots(row: VolumeRow): string | undefined {
  const { abilities } = row.pool ?? {};
  if (!abilities) return 'Its pool cannot be used now.';
  if (!abilities.snapshotFormats.includes(row.volume.format)) {
    return `A ${row.volume.format} volume of this pool cannot have snapshots.`;
  }
  if (!abilities.liveSnapshots && isInUse(row)) return 'Its VM runs or is suspended. Shut the VM down first.';
  return undefined;
}

/** Whether it shares blocks with what it began with. */
export function isLinked({ volume }: VolumeRow): boolean {
  return !volume.independent && (volume.imageId ?? volume.sourceVolumeId) !== undefined;
}
