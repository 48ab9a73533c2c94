package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.storage.Exports.Export;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Files of volumes that people ask for, as durable tasks. */
final class ExportTasks {
    static final String TARGET = "export";
    /** A host that was restarted begins anew; one that does not come back is not waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** The file is whole by then; the snapshot has to go some time. */
    private static final Duration UNTIL_LET_GO = Duration.ofDays(7);

    private final Database database;
    private final Tasks tasks;
    private final Exports exports;
    private final VolumePlace place;
    private final Clock clock;
    private final VolumeStore volumes = new VolumeStore();
    private final SnapshotStore snapshots = new SnapshotStore();
    private final PoolStore pools = new PoolStore();
    private final ExportStore store = new ExportStore();
    private final TaskKind<Export> kind = new TaskKind<>("volume.export", Export.class, this::run);

    ExportTasks(Database database, Tasks tasks, Exports exports, VolumePlace place, Clock clock) {
        this.database = database;
        this.tasks = tasks;
        this.exports = exports;
        this.place = place;
        this.clock = clock;
    }

    void register() {
        tasks.register(kind);
    }

    TaskRef submit(TransferApi.ExportVolume request, Caller caller) {
        Optional<TaskRef> earlier = database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        // Asked before anything is locked, as another service knows.
        UUID host = place.hostOf(database.transaction(tx -> volumes.get(tx, request.volumeId())), caller);
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> begin(tx, request, host, caller)));
    }

    private TaskRef begin(Transaction tx, TransferApi.ExportVolume request, UUID host, Caller caller) {
        VolumeView volume = volumes.get(tx, request.volumeId());
        if (volume.state() != VolumeView.State.READY) {
            throw FailureException.conflict("The volume " + volume.name() + " is not ready.");
        }
        String name = volume.name();
        if (request.snapshotId() != null) {
            SnapshotView snapshot = snapshots.get(tx, volume.id(), request.snapshotId());
            name += "-" + snapshot.name();
        }
        boolean holds = request.snapshotId() == null && canHold(tx, volume);
        if (request.snapshotId() == null && !holds) {
            Attachments.requireOneUser(volume, "What it holds now can be exported");
        }
        Export export = new Export(
                Uuid7.next(),
                volume.poolId(),
                volume.id(),
                request.snapshotId(),
                holds ? Uuid7.next() : null,
                host,
                request.format());
        store.insert(tx, view(export, name + "." + request.format()));
        return tasks.submit(
                tx,
                new Submission<>(kind, export, caller.operationId(), caller.actor(), TARGET, export.exportId(), name));
    }

    /** Whether what is exported can be kept as it is while a VM goes on writing. */
    private boolean canHold(Transaction tx, VolumeView volume) {
        return pools.find(tx, volume.poolId())
                .filter(pool -> CopyPlace.canHold(pool, volume))
                .isPresent();
    }

    private ExportView view(Export export, String fileName) {
        return new ExportView(
                export.exportId(),
                export.volumeId(),
                export.snapshotId(),
                fileName,
                export.format(),
                export.hostId(),
                ExportView.State.MAKING,
                0,
                clock.instant(),
                null);
    }

    private void run(Export export, TaskRun run) {
        if (export.held() != null) {
            run.step("keep the volume as it is", Nothing.class)
                    .progress(Exports.BEGINS)
                    .orUndo(caller -> exports.hold(export, caller), caller -> exports.letGo(export, caller));
        }
        run.step("export", ExportView.class)
                .progress(Exports.ENDS)
                .patience(PATIENCE)
                .orUndo(caller -> exports.make(export, run, caller), caller -> exports.takeBack(export, caller));
        run.settle();
        run.pointOfNoReturn();
        if (export.held() != null) {
            run.step("let the volume go", Nothing.class)
                    .patience(UNTIL_LET_GO)
                    .progress(Exports.ENDS)
                    .run(caller -> exports.letGo(export, caller));
        }
    }
}
