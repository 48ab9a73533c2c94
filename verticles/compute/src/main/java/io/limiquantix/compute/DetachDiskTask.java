package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.UUID;

/** Takes a disk from a VM. Nobody else gets the volume before the guest has let go of it. */
final class DetachDiskTask {
    /** A guest that flushes its caches to a slow disk first needs some time. */
    private static final Duration GUEST_PATIENCE = Duration.ofSeconds(90);

    private static final int DETACHED = 80;
    private static final int FORGOTTEN = 90;

    private final Database database;
    private final Bus bus;
    private final VmChanges changes;

    DetachDiskTask(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.changes = new VmChanges(vms);
    }

    record Input(UUID vmId, UUID hostId, UUID volumeId) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.DETACH_DISK, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        run.step("detach the disk", Nothing.class)
                .progress(DETACHED)
                .run(caller -> bus.request(
                        DomainApi.DETACH_DISK.at(input.hostId()),
                        new DomainApi.DetachDisk(input.vmId(), input.volumeId()),
                        caller.within(GUEST_PATIENCE)));
        run.pointOfNoReturn();
        run.step("forget the disk", Nothing.class).progress(FORGOTTEN).run(caller -> {
            database.run(tx -> changes.removeDisk(tx, input.vmId(), input.volumeId()));
            return Nothing.NOTHING;
        });
        run.step("give the volume back", Nothing.class)
                .run(caller -> bus.request(
                        StorageApi.RELEASE_VOLUME, new StorageApi.VolumeOfVm(input.volumeId(), input.vmId()), caller));
    }
}
