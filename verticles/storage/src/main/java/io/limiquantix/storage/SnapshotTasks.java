package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.names.ThingName;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What a user asks of a volume's snapshots, as durable tasks on the volume: one at a time. */
final class SnapshotTasks {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** A host may have to write what the snapshot's disk holds somewhere else first. */
    private static final Duration UNTIL_MERGED = Duration.ofHours(6);

    private final Database database;
    private final Tasks tasks;
    private final Snapshots snapshots;
    private final VolumeStore volumes = new VolumeStore();
    private final SnapshotStore store = new SnapshotStore();
    private final LinkedVolumes linked = new LinkedVolumes();
    private final ArrivalStore arrivals = new ArrivalStore();
    private final DiskMoveStore moves = new DiskMoveStore();
    private final TaskKind<StorageApi.Snapshot> create =
            new TaskKind<>("volume.snapshot", StorageApi.Snapshot.class, this::runCreate);
    private final TaskKind<StorageApi.Snapshot> revert =
            new TaskKind<>("volume.revert", StorageApi.Snapshot.class, this::runRevert);
    private final TaskKind<StorageApi.Snapshot> delete =
            new TaskKind<>("volume.delete-snapshot", StorageApi.Snapshot.class, this::runDelete);

    SnapshotTasks(Database database, Tasks tasks, Snapshots snapshots) {
        this.database = database;
        this.tasks = tasks;
        this.snapshots = snapshots;
    }

    void register() {
        List.of(create, revert, delete).forEach(tasks::register);
    }

    TaskRef create(StorageApi.CreateSnapshot request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> {
                    ThingName.require(request.name());
                    VolumeView volume = ready(tx, request.volumeId());
                    var snapshot = new StorageApi.Snapshot(volume.id(), Uuid7.next());
                    store.insert(tx, snapshot.snapshotId(), volume.id(), request.name(), null);
                    return submit(tx, create, snapshot, volume, caller);
                }));
    }

    private void runCreate(StorageApi.Snapshot input, TaskRun run) {
        run.step("snapshot", SnapshotView.class)
                .progress(90)
                .orUndo(
                        caller -> snapshots.make(input, caller.within(PATIENCE)),
                        caller -> snapshots.discard(input, caller.within(PATIENCE)));
    }

    TaskRef revert(StorageApi.Snapshot request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> {
                    VolumeView volume = ready(tx, request.volumeId());
                    Attachments.requireOneUser(volume, "It can be brought back to a snapshot");
                    SnapshotView snapshot = store.get(tx, volume.id(), request.snapshotId());
                    requireOwn(snapshot);
                    requireReady(snapshot);
                    return submit(tx, revert, request, volume, caller);
                }));
    }

    private void runRevert(StorageApi.Snapshot input, TaskRun run) {
        run.pointOfNoReturn();
        run.step("revert", VolumeView.class)
                .progress(90)
                .run(caller -> snapshots.revert(input, caller.within(PATIENCE)));
    }

    TaskRef delete(StorageApi.Snapshot request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> {
                    VolumeView volume = volumes.get(tx, request.volumeId());
                    SnapshotView snapshot = store.get(tx, volume.id(), request.snapshotId());
                    requireOwn(snapshot);
                    linked.requireNoneBegun(tx, volume.id());
                    store.deleting(tx, snapshot);
                    linked.requireNone(tx, volume.id(), snapshot.id(), "The snapshot " + snapshot.name());
                    return submit(tx, delete, request, volume, caller);
                }));
    }

    private void runDelete(StorageApi.Snapshot input, TaskRun run) {
        run.pointOfNoReturn();
        run.step("delete snapshot", Nothing.class)
                .progress(90)
                .patience(UNTIL_MERGED)
                .run(caller -> snapshots.discard(input, caller.within(PATIENCE)));
    }

    private VolumeView ready(Transaction tx, UUID volumeId) {
        VolumeView volume = volumes.get(tx, volumeId);
        if (volume.state() != VolumeView.State.READY) {
            throw FailureException.conflict("The volume " + volume.name() + " is not ready.");
        }
        arrivals.requireNone(tx, volume);
        moves.requireNone(tx, volume);
        return volume;
    }

    /** One disk alone would leave the VM's others at another moment. */
    private static void requireOwn(SnapshotView snapshot) {
        if (snapshot.vmSnapshotId() != null) {
            throw FailureException.conflict(
                    "The snapshot " + snapshot.name()
                            + " is a part of one of the whole virtual machine; go back to that or delete it on the machine's page.");
        }
    }

    private static void requireReady(SnapshotView snapshot) {
        if (snapshot.state() != SnapshotView.State.READY) {
            throw FailureException.conflict("The snapshot " + snapshot.name() + " is not ready.");
        }
    }

    private TaskRef submit(
            Transaction tx,
            TaskKind<StorageApi.Snapshot> kind,
            StorageApi.Snapshot input,
            VolumeView volume,
            Caller caller) {
        return tasks.submit(
                tx,
                new Submission<>(
                        kind,
                        input,
                        caller.operationId(),
                        caller.actor(),
                        VolumeTasks.TARGET,
                        volume.id(),
                        volume.name()));
    }
}
