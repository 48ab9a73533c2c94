package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.MigrationApi;
import io.limiquantix.bus.compute.MigrationApi.MigrateVm;
import io.limiquantix.bus.compute.MigrationApi.Target;
import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.compute.MigrationObstacles.Subject;
import io.limiquantix.compute.MigrationPlan.Carried;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Begins to move VMs to other hosts. */
final class VmMigration {
    private static final int MOST_MIB_PER_SECOND = 100_000;
    private static final int MOST_DOWNTIME_MILLIS = 60_000;

    private final Database database;
    private final Tasks tasks;
    private final VmWork work;
    private final MigrationTargets targets;
    private final MigrateVmTask task;

    VmMigration(Database database, Tasks tasks, VmWork work, MigrationTargets targets, MigrateVmTask task) {
        this.database = database;
        this.tasks = tasks;
        this.work = work;
        this.targets = targets;
        this.task = task;
    }

    void serve(Bus bus) {
        bus.serve(MigrationApi.LIST_TARGETS, targets::list);
        bus.serve(MigrationApi.MIGRATE, this::begin);
    }

    private TaskRef begin(MigrateVm request, Caller caller) {
        requireLimits(request.limits());
        Optional<TaskRef> before = database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
        if (before.isPresent()) {
            return before.get();
        }
        Subject subject = targets.subject(request.vmId(), caller);
        Target target = targets.target(subject, request.hostId(), caller);
        String sourceName = targets.nameOf(subject.vm().hostId(), caller);
        boolean seedStays = targets.seedStays(subject, target, caller);
        return work.begin(request.vmId(), caller, task.kind(), Set.of(), (tx, vm) -> {
            requireSame(subject.vm(), vm);
            MigrationTargets.requirePossible(target);
            return plan(request, subject, sourceName, target, seedStays);
        });
    }

    private static void requireLimits(MoveLimits limits) {
        require("bandwidthMibPerSecond", limits.bandwidthMibPerSecond(), MOST_MIB_PER_SECOND);
        require("maxDowntimeMillis", limits.maxDowntimeMillis(), MOST_DOWNTIME_MILLIS);
    }

    private static void require(String field, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw FailureException.invalid(field, "It is a number from 1 to " + most + ".");
        }
    }

    private static void requireSame(StoredVm seen, StoredVm now) {
        boolean same = seen.disks().equals(now.disks())
                && seen.nics().equals(now.nics())
                && seen.cdroms().equals(now.cdroms())
                && Objects.equals(seen.hostId(), now.hostId());
        if (!same) {
            throw FailureException.conflict(now.name() + " was changed at this moment; ask again.");
        }
    }

    private static MigrationPlan plan(
            MigrateVm request, Subject subject, String sourceName, Target target, boolean seedStays) {
        StoredVm vm = subject.vm();
        List<Carried> disks =
                subject.volumes().stream().map(VmMigration::carried).toList();
        return new MigrationPlan(
                vm.id(),
                Uuid7.next(),
                VmDisks.hostOf(vm),
                sourceName,
                target.hostId(),
                target.hostName(),
                disks,
                vm.spec().setup().isEmpty() ? null : Boolean.valueOf(seedStays),
                request.limits(),
                false);
    }

    private static Carried carried(VolumeView volume) {
        boolean standsOnIt = volume.hostId() != null
                && !volume.independent()
                && volume.format().equals("qcow2");
        return new Carried(
                volume.id(), volume.poolId(), standsOnIt ? volume.origin().imageId() : null);
    }
}
