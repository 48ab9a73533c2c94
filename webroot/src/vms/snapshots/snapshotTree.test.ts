import { describe, expect, it } from 'vitest';
import type { Vm, VmSnapshot } from '../../core/api/types';
import { snapshotTree } from './snapshotTree';

const vm = { id: 'vm', name: 'web-1' } as Vm;
const snapshot = (id: string, parentId?: string): VmSnapshot => ({
  id,
  vmId: 'vm',
  name: id,
  description: '',
  state: 'READY',
  disks: [],
  forClones: false,
  clones: [],
  missingOn: [],
  createdBy: 'admin',
  createdAt: '2026-01-01T00:00:00Z',
  version: 1,
  ...(parentId ? { parentId } : {}),
});

describe('the tree of snapshots', () => {
  it('has each one above what came of it, and says where the disks are', () => {
    const tree = snapshotTree(vm, [snapshot('a'), snapshot('b', 'a'), snapshot('c', 'a'), snapshot('d', 'b')], 'c');
    expect(tree.map((one) => [one.snapshot.id, one.depth, one.children, one.isCurrent])).toEqual([
      ['a', 0, 3, false],
      ['b', 1, 1, false],
      ['d', 2, 0, false],
      ['c', 1, 0, true],
    ]);
  });

  it('shows one whose parent is gone', () => {
    expect(snapshotTree(vm, [snapshot('b', 'gone')], undefined).map((one) => one.depth)).toEqual([0]);
  });
});
