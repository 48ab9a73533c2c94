package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.Disk;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.StorageApi.VmDisksKept;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Makes a snapshot of a VM. One that fails leaves nothing behind, on no disk. */
final class SnapshotVmTask {
    /** A storage may take its time; the guest is still for a moment of it only. */
    private static final Duration ANSWER = Duration.ofMinutes(10);

    private static final Duration UNTIL_MADE = Duration.ofMinutes(2);
    /** The memory may be large, and its disk slow. */
    private static final Duration UNTIL_WRITTEN = Duration.ofHours(6);

    private static final int BEGINS = 1;
    private static final int KEPT = 90;

    private final Database database;
    private final Bus bus;
    private final VmSnapshotStore store;

    SnapshotVmTask(Database database, Bus bus, VmSnapshotStore store) {
        this.database = database;
        this.bus = bus;
        this.store = store;
    }

    record Input(UUID vmId, UUID hostId, UUID snapshotId, boolean quiesce, boolean memory) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.SNAPSHOT, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        reserve(input, run);
        VmDisksKept kept = keep(input, run);
        run.pointOfNoReturn();
        end(input, kept, run);
    }

    /** The first step: what was stored of it when the task was asked for is forgotten when a later one fails. */
    void reserve(Input input, TaskRun run) {
        run.step("begin", Nothing.class).orUndo(caller -> Nothing.NOTHING, caller -> forget(input));
    }

    /** The step that makes it, and is undone when a later one fails. */
    VmDisksKept keep(Input input, TaskRun run) {
        return run.step("keep what the disks hold", VmDisksKept.class)
                .progress(KEPT)
                .patience(input.memory() ? UNTIL_WRITTEN : UNTIL_MADE)
                .orUndo(
                        caller -> input.memory()
                                ? keepWithMemory(input, run, caller)
                                : keep(input, caller.within(ANSWER)),
                        caller -> discard(input, caller));
    }

    /** The step after which it is one of the VM's snapshots, and the current one. */
    void end(Input input, VmDisksKept kept, TaskRun run) {
        run.step("note it", Nothing.class).run(caller -> note(input, kept));
    }

    private VmDisksKept keepWithMemory(Input input, TaskRun run, Caller caller) {
        return new LongWork(run, BEGINS, KEPT)
                .awaitAnswer(
                        caller,
                        ANSWER,
                        asking -> keep(input, asking),
                        looking -> bus.request(DomainApi.LOOK_AT_MEMORY.at(input.hostId()), memory(input), looking));
    }

    private static DomainApi.KeptMemory memory(Input input) {
        return new DomainApi.KeptMemory(input.vmId(), input.snapshotId());
    }

    private VmDisksKept keep(Input input, Caller caller) {
        VmSnapshotView snapshot = snapshot(input);
        var request = new StorageApi.SnapshotVm(
                input.vmId(),
                input.hostId(),
                snapshot.id(),
                snapshot.name(),
                parts(snapshot),
                input.quiesce(),
                input.memory());
        return bus.request(StorageApi.SNAPSHOT_VM, request, caller);
    }

    private VmSnapshotView snapshot(Input input) {
        return database.transaction(tx -> store.get(tx, input.vmId(), input.snapshotId()));
    }

    private static List<StorageApi.Snapshot> parts(VmSnapshotView snapshot) {
        return snapshot.disks().stream()
                .map(disk -> new StorageApi.Snapshot(disk.volumeId(), disk.snapshotId()))
                .toList();
    }

    /** The memory first: while it is being written, nothing else can be done with the disks. */
    private void discard(Input input, Caller caller) {
        if (input.memory()) {
            bus.request(
                    DomainApi.END_MEMORY.at(input.hostId()),
                    memory(input),
                    caller.part("end").within(ANSWER));
        }
        for (StorageApi.Snapshot part : parts(snapshot(input))) {
            bus.request(
                    StorageApi.DISCARD_SNAPSHOT,
                    part,
                    caller.part(part.snapshotId().toString()).within(ANSWER));
        }
        discardMemory(input, caller);
    }

    private void discardMemory(Input input, Caller caller) {
        if (input.memory()) {
            bus.request(
                    DomainApi.FORGET_MEMORY.at(input.hostId()),
                    memory(input),
                    caller.part("memory").within(ANSWER));
        }
    }

    private void forget(Input input) {
        database.run(tx -> store.remove(tx, input.vmId(), input.snapshotId()));
    }

    private Nothing note(Input input, VmDisksKept kept) {
        List<Disk> disks = kept.disks().stream()
                .map(disk -> new Disk(disk.volumeId(), disk.id(), disk.sizeBytes()))
                .toList();
        database.run(tx -> store.made(
                tx, store.get(tx, input.vmId(), input.snapshotId()), disks, kept.stillness(), kept.memoryBytes()));
        return Nothing.NOTHING;
    }
}
