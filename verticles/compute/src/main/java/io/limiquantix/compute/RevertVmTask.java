package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.Disk;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.UUID;

/**
 * Brings a VM that is off back to a snapshot, disk after disk, and has its guest go on from its memory where that is wanted. One that
 * fails halfway can be asked for again.
 */
final class RevertVmTask {
    private static final Duration ANSWER = Duration.ofMinutes(10);
    /** Reading a large memory takes its time. */
    private static final Duration RESTORING = Duration.ofHours(1);

    private static final int BACK = 80;
    private static final int GOES_ON = 95;

    private final Database database;
    private final Bus bus;
    private final VmSnapshotStore store;
    private final Reconciler reconciler;
    private final NicsAtStart nics;
    private final GuestClock clock;

    RevertVmTask(
            Database database,
            Bus bus,
            VmSnapshotStore store,
            Reconciler reconciler,
            NicsAtStart nics,
            GuestClock clock) {
        this.database = database;
        this.bus = bus;
        this.store = store;
        this.reconciler = reconciler;
        this.nics = nics;
        this.clock = clock;
    }

    /** @param memory whether the guest goes on from it; what an earlier version wrote lacks it */
    record Input(UUID vmId, UUID hostId, UUID snapshotId, boolean memory) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.REVERT, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        run.step("check that it is off", Nothing.class).run(caller -> checkOff(input, caller));
        run.pointOfNoReturn();
        VmSnapshotView snapshot = database.transaction(tx -> store.get(tx, input.vmId(), input.snapshotId()));
        for (Disk disk : snapshot.disks()) {
            run.step("bring back disk " + disk.volumeId(), VolumeView.class)
                    .progress(BACK)
                    .run(caller -> bus.request(
                            StorageApi.BRING_BACK,
                            new StorageApi.Snapshot(disk.volumeId(), disk.snapshotId()),
                            caller.within(ANSWER)));
        }
        run.step("note it", Nothing.class).run(caller -> {
            database.run(tx -> store.setCurrent(tx, input.vmId(), input.snapshotId()));
            return Nothing.NOTHING;
        });
        if (input.memory()) {
            goOn(input, run);
        }
    }

    /** Its cards get what was changed of their networks, before it runs and, as its memory has them as they were, once it does. */
    private void goOn(Input input, TaskRun run) {
        run.step("bring its network cards up to date", Nothing.class)
                .run(caller -> nics.update(input.vmId(), input.hostId(), caller));
        DomainReport report = run.step("go on from its memory", DomainReport.class)
                .progress(GOES_ON)
                .patience(RESTORING)
                .run(caller -> goOn(input, caller));
        run.step("bring its running network cards up to date", Nothing.class)
                .run(caller -> nics.update(input.vmId(), input.hostId(), caller));
        if (report.state() == PowerState.RUNNING) {
            clock.set(input.vmId(), input.hostId(), run);
        }
    }

    private DomainReport goOn(Input input, Caller caller) {
        DomainReport report = bus.request(
                DomainApi.GO_ON_FROM_MEMORY.at(input.hostId()),
                new DomainApi.KeptMemory(input.vmId(), input.snapshotId()),
                caller.within(ANSWER));
        reconciler.answered(input.hostId(), report);
        return report;
    }

    /** Somebody may have started it since it was asked for. */
    private Nothing checkOff(Input input, Caller caller) {
        PowerState state = bus.request(DomainApi.GET.at(input.hostId()), new DomainApi.Domain(input.vmId()), caller)
                .state();
        if (state != PowerState.STOPPED && state != PowerState.CRASHED) {
            throw FailureException.conflict(
                    "The VM is not off; shut it down, or discard its saved state, before it is brought back.");
        }
        return Nothing.NOTHING;
    }
}
