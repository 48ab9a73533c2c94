package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.Disk;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Deletes snapshots of a VM, disk after disk, while it runs or not; one that fails halfway can be asked for again. */
final class DeleteSnapshotTask {
    private static final Duration ANSWER = Duration.ofMinutes(15);
    /** What the disk holds may have to be written somewhere else first. */
    private static final Duration UNTIL_MERGED = Duration.ofHours(6);

    private static final int DONE = 95;

    private final Database database;
    private final Bus bus;
    private final VmSnapshotStore store;

    DeleteSnapshotTask(Database database, Bus bus, VmSnapshotStore store) {
        this.database = database;
        this.bus = bus;
        this.store = store;
    }

    /** @param snapshotIds one after the other, what came of a snapshot before that */
    record Input(UUID vmId, UUID hostId, List<UUID> snapshotIds) {
        Input {
            snapshotIds = List.copyOf(snapshotIds);
        }
    }

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.DELETE_SNAPSHOT, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        run.pointOfNoReturn();
        for (int i = 0; i < input.snapshotIds().size(); i++) {
            delete(
                    input,
                    input.snapshotIds().get(i),
                    DONE * (i + 1) / input.snapshotIds().size(),
                    run);
        }
    }

    private void delete(Input input, UUID snapshotId, int progress, TaskRun run) {
        Optional<VmSnapshotView> snapshot = database.transaction(tx -> store.find(tx, snapshotId));
        if (snapshot.isEmpty()) {
            // An earlier run forgot it, and only the end of that step was not written down.
            return;
        }
        for (Disk disk : snapshot.get().disks()) {
            run.step("let disk " + disk.volumeId() + " go of " + snapshotId, Nothing.class)
                    .patience(UNTIL_MERGED)
                    .run(caller -> bus.request(
                            StorageApi.DISCARD_SNAPSHOT,
                            new StorageApi.Snapshot(disk.volumeId(), disk.snapshotId()),
                            caller.within(ANSWER)));
        }
        // Also where none is known of: one that could not be taken back is gone then.
        run.step("delete the memory of " + snapshotId, Nothing.class)
                .run(caller -> bus.request(
                        DomainApi.FORGET_MEMORY.at(input.hostId()),
                        new DomainApi.KeptMemory(input.vmId(), snapshotId),
                        caller.within(ANSWER)));
        run.step("forget " + snapshotId, Nothing.class).progress(progress).run(caller -> {
            database.run(tx -> store.remove(tx, input.vmId(), snapshotId));
            return Nothing.NOTHING;
        });
    }
}
