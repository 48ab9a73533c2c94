package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.Disk;
import io.limiquantix.bus.host.DomainApi;
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

/** Brings a VM that is off back to a snapshot, disk after disk; one that fails halfway can be asked for again. */
final class RevertVmTask {
    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final int BACK = 90;

    private final Database database;
    private final Bus bus;
    private final VmSnapshotStore store;

    RevertVmTask(Database database, Bus bus, VmSnapshotStore store) {
        this.database = database;
        this.bus = bus;
        this.store = store;
    }

    record Input(UUID vmId, UUID hostId, UUID snapshotId) {}

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
