package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.storage.ExportOrigin;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.storage.ExportMaking.Made;
import io.limiquantix.storage.ExportStore.NewExport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files of volumes that people ask for, as durable tasks. */
final class ExportTasks {
    static final String TARGET = "export";

    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final ExportMaking making;
    private final VolumePlace place;
    private final VolumeStore volumes = new VolumeStore();
    private final SnapshotStore snapshots = new SnapshotStore();
    private final PoolStore pools = new PoolStore();
    private final ExportStore store = new ExportStore();
    private final TaskKind<Export> kind = new TaskKind<>("volume.export", Export.class, this::run);

    ExportTasks(Database database, Bus bus, Tasks tasks, ExportMaking making, VolumePlace place) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.making = making;
        this.place = place;
    }

    /**
     * An export to be made.
     *
     * @param snapshotId the snapshot that a person wants
     * @param held a snapshot that keeps the volume as it is meanwhile, absent where there is none
     */
    record Export(
            UUID exportId,
            UUID poolId,
            UUID volumeId,
            @Nullable UUID snapshotId,
            @Nullable UUID held,
            UUID hostId,
            String format) {
        private ExportMaking.File file() {
            return new ExportMaking.File(exportId, hostId);
        }

        private VolumeHolds.Held hold() {
            return new VolumeHolds.Held(poolId, volumeId, Objects.requireNonNull(held), hostId);
        }

        private HostTransferApi.ExportVolume request() {
            return new HostTransferApi.ExportVolume(
                    exportId, poolId, volumeId, held == null ? snapshotId : held, format);
        }
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
        boolean holds = request.snapshotId() == null && CopyPlace.canHold(tx, pools, volume);
        if (request.snapshotId() == null && !holds) {
            Attachments.requireOneUser(volume, "What it holds now can be exported");
        }
        Export export = new Export(
                Uuid7.next(),
                volume.poolId(),
                volume.id(),
                request.snapshotId(),
                holds ? VolumeHolds.newId() : null,
                host,
                request.format());
        var origin = new ExportOrigin(ExportOrigin.Kind.VOLUME, volume.id());
        String fileName = name + "." + request.format();
        store.insert(
                tx,
                new NewExport(
                        export.exportId(), origin, volume.id(), export.snapshotId(), fileName, export.format(), host));
        return tasks.submit(
                tx,
                new Submission<>(kind, export, caller.operationId(), caller.actor(), TARGET, export.exportId(), name));
    }

    private void run(Export export, TaskRun run) {
        if (export.held() != null) {
            run.step("keep the volume as it is", Nothing.class)
                    .progress(ExportMaking.BEGINS)
                    .orUndo(caller -> making.hold(export.hold(), caller), caller -> {
                        making.forget(List.of(export.exportId()));
                        making.letGo(export.hold(), caller);
                    });
        }
        run.step("export", ExportView.class)
                .progress(ExportMaking.ENDS)
                .patience(ExportMaking.PATIENCE)
                .orUndo(caller -> make(export, run, caller), caller -> making.takeBack(export.file(), caller));
        run.settle();
        run.pointOfNoReturn();
        if (export.held() != null) {
            run.step("let the volume go", Nothing.class)
                    .patience(ExportMaking.UNTIL_LET_GO)
                    .progress(ExportMaking.ENDS)
                    .run(caller -> making.letGo(export.hold(), caller));
        }
    }

    private ExportView make(Export export, TaskRun run, Caller caller) {
        return making.make(
                export.file(),
                new LongWork(run, ExportMaking.BEGINS, ExportMaking.ENDS),
                asking -> Made.of(
                        bus.request(HostTransferApi.EXPORT_VOLUME.at(export.hostId()), export.request(), asking)),
                caller);
    }
}
