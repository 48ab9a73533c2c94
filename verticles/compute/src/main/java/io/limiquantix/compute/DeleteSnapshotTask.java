package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.Disk;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.MergeApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Deletes snapshots of a VM, disk after disk, while it runs or not; one that fails or is cancelled halfway can be asked for again. */
final class DeleteSnapshotTask {
    private static final Duration ANSWER = Duration.ofMinutes(15);
    private static final Duration END = Duration.ofMinutes(1);
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
        for (int i = 0; i < input.snapshotIds().size(); i++) {
            delete(
                    input,
                    input.snapshotIds().get(i),
                    new Span(i, input.snapshotIds().size()),
                    run);
        }
    }

    /** Which part of the whole it is. */
    private record Span(int index, int of) {
        int from() {
            return DONE * index / of;
        }

        int to() {
            return DONE * (index + 1) / of;
        }

        Span part(int number, int parts) {
            return new Span(index * parts + number, of * parts);
        }
    }

    private void delete(Input input, UUID snapshotId, Span span, TaskRun run) {
        Optional<VmSnapshotView> snapshot = database.transaction(tx -> store.find(tx, snapshotId));
        if (snapshot.isEmpty()) {
            // An earlier run forgot it, and only the end of that step was not written down.
            return;
        }
        List<Disk> disks = snapshot.get().disks();
        for (int i = 0; i < disks.size(); i++) {
            Disk disk = disks.get(i);
            Span part = span.part(i, disks.size());
            run.step("let disk " + disk.volumeId() + " go of " + snapshotId, Nothing.class)
                    .patience(UNTIL_MERGED)
                    .progress(part.to())
                    .orUndo(caller -> letGo(input, disk, part, run, caller), caller -> endMerge(input, disk, caller));
        }
        // Also where none is known of: one that could not be taken back is gone then.
        run.step("delete the memory of " + snapshotId, Nothing.class)
                .run(caller -> bus.request(
                        DomainApi.FORGET_MEMORY.at(input.hostId()),
                        new DomainApi.KeptMemory(input.vmId(), snapshotId),
                        caller.within(ANSWER)));
        run.step("forget " + snapshotId, Nothing.class).progress(span.to()).run(caller -> {
            database.run(tx -> store.remove(tx, input.vmId(), snapshotId));
            return Nothing.NOTHING;
        });
    }

    private Nothing letGo(Input input, Disk disk, Span part, TaskRun run, Caller caller) {
        return new LongWork(run, part.from(), part.to())
                .awaitAnswer(
                        caller,
                        ANSWER,
                        asking -> bus.request(
                                StorageApi.DISCARD_SNAPSHOT,
                                new StorageApi.Snapshot(disk.volumeId(), disk.snapshotId()),
                                asking),
                        looking -> bus.request(MergeApi.LOOK.at(input.hostId()), diskOfVm(input, disk), looking));
    }

    /** What is merged by then stays merged; the snapshot is of no use any more but to be deleted again. */
    private void endMerge(Input input, Disk disk, Caller caller) {
        bus.request(MergeApi.END.at(input.hostId()), diskOfVm(input, disk), caller.within(END));
    }

    private static MergeApi.DiskOfVm diskOfVm(Input input, Disk disk) {
        return new MergeApi.DiskOfVm(input.vmId(), disk.volumeId());
    }
}
