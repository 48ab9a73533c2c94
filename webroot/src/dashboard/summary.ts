import type { Host, Image, Pool, Task, Vm } from '../core/api/types';
import type { Tone } from '../core/layout/StateLabel';
import { hostState } from '../hosts/hostState';
import { isBootable } from '../images/images';
import { newestFirst } from '../tasks/tasks';
import { vmState } from '../vms/vmState';

export interface Count {
  text: string;
  tone: Tone;
  count: number;
}

const ALWAYS: readonly Vm['powerState'][] = ['RUNNING', 'STOPPED'];

/** How many VMs are in each state, most first; running and stopped are there even without any. */
export function vmCounts(vms: readonly Pick<Vm, 'phase' | 'powerState'>[]): readonly Count[] {
  const counts = new Map<string, Count>();
  for (const powerState of ALWAYS) {
    const { text, tone } = vmState({ phase: 'READY', powerState });
    counts.set(text, { text, tone, count: 0 });
  }
  for (const vm of vms) {
    const { text, tone } = vmState(vm);
    counts.set(text, { text, tone, count: (counts.get(text)?.count ?? 0) + 1 });
  }
  const [running, stopped, ...others] = counts.values();
  return [running, stopped, ...others.sort((a, b) => b.count - a.count)].filter((count) => count !== undefined);
}

const HOST_STATES: readonly Host['state'][] = ['UP', 'SUSPECT', 'DOWN'];

/** How many hosts are up and down, and how many may be either, where there are such. */
export function hostCounts(hosts: readonly Pick<Host, 'state'>[]): readonly Count[] {
  return HOST_STATES.flatMap((state) => {
    const count = hosts.filter((host) => host.state === state).length;
    return state === 'SUSPECT' && count === 0 ? [] : [{ ...hostState({ state }), count }];
  });
}

export interface Capacity {
  cores: number;
  reservedVcpus: number;
  memoryBytes: number;
  memoryUsedBytes: number;
}

/** What the hosts that are up have; a host that is down has nothing to give. */
export function hostCapacity(hosts: readonly Host[]): Capacity {
  const total: Capacity = { cores: 0, reservedVcpus: 0, memoryBytes: 0, memoryUsedBytes: 0 };
  for (const { state, capabilities, reservedVcpus, memoryFreeBytes } of hosts) {
    if (state !== 'UP' || !capabilities) continue;
    total.cores += capabilities.cpuCores;
    total.reservedVcpus += reservedVcpus;
    total.memoryBytes += capabilities.memoryBytes;
    total.memoryUsedBytes += capabilities.memoryBytes - memoryFreeBytes;
  }
  return total;
}

export function storageCapacity(pools: readonly Pool[]): { capacityBytes: number; usedBytes: number } {
  const capacityBytes = pools.reduce((sum, pool) => sum + pool.capacityBytes, 0);
  const freeBytes = pools.reduce((sum, pool) => sum + pool.freeBytes, 0);
  return { capacityBytes, usedBytes: capacityBytes - freeBytes };
}

export interface Step {
  done: boolean;
  title: string;
  body: string;
  /** Where it is done; absent where nothing in the UI does it. */
  link?: { label: string; to: string };
}

/** The way from nothing to the first VM. */
export function firstSteps(known: {
  hosts: readonly Host[];
  pools: readonly Pool[];
  images: readonly Image[];
  vms: readonly unknown[];
}): readonly Step[] {
  return [
    {
      done: known.hosts.length > 0,
      title: 'Join a host',
      body: 'Start LimiQuantix with config/host.yaml on a machine that has libvirt and QEMU. It joins by itself.',
    },
    {
      done: known.pools.length > 0,
      title: 'Create a storage pool',
      body: 'A directory of the hosts that disks and images are kept in.',
      link: { label: 'Go to storage', to: '/storage' },
    },
    {
      done: known.images.some(isBootable),
      title: 'Add an image',
      body: "A cloud image, such as Debian's, that VMs are made from.",
      link: { label: 'Go to images', to: '/images' },
    },
    {
      done: known.vms.length > 0,
      title: 'Create a virtual machine',
      body: 'With a user, so that you can log in to it.',
      link: { label: 'Create VM', to: '/vms/new' },
    },
  ];
}

export interface Trouble {
  key: string;
  name: string;
  path: string;
  text: string;
}

const HOST_TROUBLE: Record<Host['state'], string | undefined> = {
  UP: undefined,
  SUSPECT: 'has not been heard of lately.',
  DOWN: 'is down.',
};

function poolTrouble(pool: Pool): string | undefined {
  if (pool.state === 'READY') return undefined;
  const said = pool.hosts.find((host) => !host.usable)?.problem;
  return said ?? (pool.state === 'DEGRADED' ? 'cannot be used on every host.' : 'cannot be used on any host.');
}

function vmTrouble(vm: Vm): string | undefined {
  if (vm.problem) return vm.problem;
  if (vm.phase === 'LOST') return 'is lost: its host no longer has it.';
  return vm.powerState === 'CRASHED' ? 'has crashed.' : undefined;
}

/** What needs somebody's eye: hosts first, for what is wrong with them is wrong with all that is on them. */
export function troubles(hosts: readonly Host[], pools: readonly Pool[], vms: readonly Vm[]): readonly Trouble[] {
  const of = <T extends { id: string; name: string }>(
    things: readonly T[],
    path: (thing: T) => string,
    textOf: (thing: T) => string | undefined,
  ): Trouble[] =>
    things.flatMap((thing) => {
      const text = textOf(thing);
      return text ? [{ key: thing.id, name: thing.name, path: path(thing), text }] : [];
    });
  return [
    ...of(
      hosts,
      (host) => `/hosts/${host.id}`,
      (host) => host.problem ?? HOST_TROUBLE[host.state],
    ),
    ...of(pools, () => '/storage', poolTrouble),
    ...of(vms, (vm) => `/vms/${vm.id}`, vmTrouble),
  ];
}

const DAY_MS = 86_400_000;

/** The tasks that failed within a day, newest first; an older failure is no news. */
export function failedLately(tasks: readonly Task[], now: number = Date.now()): readonly Task[] {
  return newestFirst(tasks).filter(
    (task) => task.state === 'FAILED' && now - Date.parse(task.endedAt ?? task.createdAt) < DAY_MS,
  );
}
