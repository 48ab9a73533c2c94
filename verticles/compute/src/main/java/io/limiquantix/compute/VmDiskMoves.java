package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.DiskMovingApi;
import io.limiquantix.bus.compute.DiskMovingApi.DiskToMove;
import io.limiquantix.bus.compute.DiskMovingApi.DiskWish;
import io.limiquantix.bus.compute.DiskMovingApi.MoveDisks;
import io.limiquantix.bus.compute.DiskMovingApi.PoolTarget;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.compute.DiskMovePlan.Moving;
import io.limiquantix.compute.MigrationObstacles.Subject;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Begins to move disks of VMs to other pools. */
final class VmDiskMoves {
    private static final int MOST_MIB_PER_SECOND = 100_000;

    private final Database database;
    private final Tasks tasks;
    private final VmWork work;
    private final DiskMoveTargets targets;
    private final MoveDisksTask task;

    VmDiskMoves(Database database, Tasks tasks, VmWork work, DiskMoveTargets targets, MoveDisksTask task) {
        this.database = database;
        this.tasks = tasks;
        this.work = work;
        this.targets = targets;
        this.task = task;
    }

    void serve(Bus bus) {
        bus.serve(DiskMovingApi.LIST_TARGETS, targets::list);
        bus.serve(DiskMovingApi.MOVE, this::begin);
    }

    private TaskRef begin(MoveDisks request, Caller caller) {
        require(request);
        Optional<TaskRef> before = database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
        if (before.isPresent()) {
            return before.get();
        }
        Subject subject = targets.subject(request.vmId(), caller);
        List<DiskToMove> disks = targets.list(subject, caller).items();
        return work.begin(request.vmId(), caller, task.kind(), Set.of(), (tx, vm) -> {
            requireSame(subject.vm(), vm);
            return plan(request, vm, disks);
        });
    }

    private static void require(MoveDisks request) {
        Integer speed = request.bandwidthMibPerSecond();
        if (speed != null && (speed < 1 || speed > MOST_MIB_PER_SECOND)) {
            throw FailureException.invalid(
                    "bandwidthMibPerSecond", "It is a number from 1 to " + MOST_MIB_PER_SECOND + ".");
        }
        if (request.disks().isEmpty()) {
            throw FailureException.invalid("disks", "Say which disks are to be moved.");
        }
        long different =
                request.disks().stream().map(DiskWish::volumeId).distinct().count();
        if (different < request.disks().size()) {
            throw FailureException.invalid("disks", "Each disk can go to one pool only.");
        }
    }

    private static void requireSame(StoredVm seen, StoredVm now) {
        boolean same = seen.disks().equals(now.disks())
                && Objects.equals(seen.hostId(), now.hostId())
                && seen.powerState() == now.powerState();
        if (!same) {
            throw FailureException.conflict(now.name() + " was changed at this moment; ask again.");
        }
    }

    private static DiskMovePlan plan(MoveDisks request, StoredVm vm, List<DiskToMove> disks) {
        boolean running = vm.powerState() == PowerState.RUNNING || vm.powerState() == PowerState.PAUSED;
        return new DiskMovePlan(
                vm.id(),
                VmDisks.hostOf(vm),
                running,
                request.disks().stream()
                        .map(wish -> moving(wish, vm, DiskMoveTargets.disk(disks, wish.volumeId())))
                        .toList(),
                request.bandwidthMibPerSecond(),
                false);
    }

    private static Moving moving(DiskWish wish, StoredVm vm, DiskToMove disk) {
        PoolTarget target = DiskMoveTargets.requirePossible(disk, wish.poolId());
        DiskHardware hardware = vm.disks().stream()
                .filter(each -> each.volumeId().equals(wish.volumeId()))
                .map(each -> DiskHardware.orPlain(each.hardware()))
                .findFirst()
                .orElse(DiskHardware.PLAIN);
        return new Moving(
                Uuid7.next(),
                disk.volumeId(),
                disk.name(),
                disk.poolId(),
                target.poolId(),
                target.poolName(),
                disk.sizeBytes(),
                disk.bytesToCopy(),
                hardware);
    }
}
