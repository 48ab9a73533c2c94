import type { Vm, VmSnapshot } from '../../core/api/types';
import { formatBytes } from '../../core/format/bytes';
import type { Tone } from '../../core/layout/StateLabel';
import { VOLUME_STATES } from '../../storage/volumes/volumeState';

/** A snapshot with its VM. */
export interface SnapshotOfVm {
  vm: Vm;
  snapshot: VmSnapshot;
  /** How many came of it. */
  children: number;
  /** How many are before it on its branch. */
  depth: number;
  /** Whether the disks go on from it. */
  isCurrent: boolean;
}

/** The snapshots as a tree from top to bottom: each is followed by what came of it, the oldest first. */
export function snapshotTree(vm: Vm, snapshots: readonly VmSnapshot[], currentId: string | undefined): SnapshotOfVm[] {
  const ids = new Set(snapshots.map(({ id }) => id));
  const childrenOf = (parentId: string | undefined): readonly VmSnapshot[] =>
    snapshots.filter((one) => (one.parentId && ids.has(one.parentId) ? one.parentId : undefined) === parentId);
  const from = (parentId: string | undefined, depth: number): SnapshotOfVm[] =>
    childrenOf(parentId).flatMap((snapshot) => {
      const below = from(snapshot.id, depth + 1);
      return [{ vm, snapshot, depth, children: below.length, isCurrent: snapshot.id === currentId }, ...below];
    });
  return from(undefined, 0);
}

/** The states of snapshots in words. */
export const SNAPSHOT_STATES = {
  ...VOLUME_STATES,
  BROKEN: { text: 'Broken', tone: 'danger' },
} as const satisfies Record<VmSnapshot['state'], { text: string; tone: Tone; busy?: boolean }>;

const STILLNESS: Record<NonNullable<VmSnapshot['stillness']>, string> = {
  OFF: 'Off',
  QUIESCED: 'File systems frozen',
  RUNNING: 'Running, as after a power cut',
};

/** What the guest did at the moment of a snapshot, in words. */
export function stillnessOf({
  stillness,
  memoryBytes,
  state,
}: Pick<VmSnapshot, 'stillness' | 'memoryBytes' | 'state'>): string {
  if (state === 'CREATING') return '';
  if (memoryBytes !== undefined) return `Its memory is kept (${formatBytes(memoryBytes)})`;
  return stillness ? STILLNESS[stillness] : 'Not known';
}
