// Disks that move to other pools.
import { json, problem } from './api.mjs';

function ofVm(vm) {
  if (vm.activeTaskId) return ['A task works on the VM. Wait for its end.'];
  return vm.powerState === 'SUSPENDED' ? [`${vm.name} is suspended. Start it first.`] : [];
}

export function makeDiskMoves({ state, change, run }, control) {
  const nameOf = (poolId) => state.pool.find(({ id }) => id === poolId)?.name ?? '';
  const poolsOf = (vm, disk, free) =>
    state.pool
      .filter(({ id }) => id !== disk.poolId)
      .map((pool) => {
        const here = pool.hosts.some(({ hostId }) => hostId === vm.hostId);
        const obstacles = [
          ...(here ? [] : [`The pool ${pool.name} cannot be used on the host of ${vm.name}; assign it there.`]),
          ...(control.poolObstacles?.(pool) ?? []),
        ];
        const possible = free && obstacles.length === 0;
        return { poolId: pool.id, poolName: pool.name, possible, freeBytes: here ? pool.freeBytes : 0, obstacles };
      });
  const targets = (vm) =>
    vm.disks.map((disk) => {
      const volume = state.volume.find(({ id }) => id === disk.volumeId);
      const obstacles = [...ofVm(vm), ...(control.diskObstacles?.(disk) ?? [])];
      return {
        ...{ volumeId: disk.volumeId, name: volume?.name ?? disk.volumeId },
        ...{ poolId: disk.poolId, poolName: nameOf(disk.poolId), obstacles },
        ...{ sizeBytes: disk.sizeBytes, bytesToCopy: volume?.allocatedBytes ?? 0 },
        pools: poolsOf(vm, disk, obstacles.length === 0),
      };
    });
  const move = (vm, { disks }) => {
    const known = targets(vm);
    for (const { volumeId, poolId } of disks) {
      const disk = known.find((one) => one.volumeId === volumeId);
      const pool = disk?.pools.find((one) => one.poolId === poolId);
      if (!pool) return problem(422, 'INVALID', 'There is no such disk or pool, or the disk is there already.');
      if (!pool.possible) return problem(409, 'CONFLICT', [...disk.obstacles, ...pool.obstacles].join(' '));
    }
    const wanted = new Map(disks.map(({ volumeId, poolId }) => [volumeId, poolId]));
    const there = (disk) => ({ ...disk, poolId: wanted.get(disk.volumeId) ?? disk.poolId });
    const end = () => change('vm', vm, { disks: vm.disks.map(there), activeTaskId: undefined });
    const moved = { bytes: 2 ** 30, totalBytes: 4 * 2 ** 30 };
    const undo = () => change('vm', vm, { activeTaskId: undefined });
    const accepted = run('move-disks', vm, () => void end(), 'vm', { step: 'move disk 1', moved }, undo);
    change('vm', vm, { activeTaskId: accepted.taskId });
    return json(202, accepted);
  };
  return { targets: (vm) => json(200, { items: targets(vm) }), move };
}
