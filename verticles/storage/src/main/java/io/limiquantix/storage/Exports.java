package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.SnapshotDeleted;
import io.limiquantix.bus.host.HostStorageApi.SnapshotMade;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has hosts make files of volumes, and lets people fetch them. */
final class Exports {
    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final Duration HOST_PATIENCE = Duration.ofMinutes(10);

    /** The share of the task's progress that the export itself is. */
    static final int BEGINS = 2;

    static final int ENDS = 98;

    private final Database database;
    private final Bus bus;
    private final VolumePlace place;
    private final Clock clock;
    private final Duration kept;
    private final ExportStore store = new ExportStore();
    private final VolumeStore volumes = new VolumeStore();

    /** @param kept how long a file can be fetched */
    Exports(Database database, Bus bus, VolumePlace place, Clock clock, Duration kept) {
        this.database = database;
        this.bus = bus;
        this.place = place;
        this.clock = clock;
        this.kept = kept;
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
        private HostStorageApi.SnapshotName heldName() {
            return new HostStorageApi.SnapshotName(poolId, volumeId, Objects.requireNonNull(held));
        }

        private HostTransferApi.Export name() {
            return new HostTransferApi.Export(exportId);
        }
    }

    /** Keeps what the volume holds now. */
    Nothing hold(Export export, Caller caller) {
        SnapshotMade made = bus.request(
                HostStorageApi.CREATE_SNAPSHOT.at(holder(export, caller)),
                export.heldName(),
                caller.within(HOST_PATIENCE));
        database.run(tx -> volumes.seen(tx, made.volume()));
        return Nothing.NOTHING;
    }

    Nothing letGo(Export export, Caller caller) {
        SnapshotDeleted gone = bus.request(
                HostStorageApi.DELETE_SNAPSHOT.at(holder(export, caller)),
                export.heldName(),
                caller.within(HOST_PATIENCE));
        database.run(tx -> volumes.seen(tx, gone.volume()));
        return Nothing.NOTHING;
    }

    private UUID holder(Export export, Caller caller) {
        return place.holderOf(export.volumeId(), export.hostId(), caller);
    }

    /** Waits for the end of the export as long as the host is at it, and says how far it is. */
    ExportView make(Export export, TaskRun run, Caller caller) {
        UUID snapshot = export.held() == null ? export.snapshotId() : export.held();
        var request = new HostTransferApi.ExportVolume(
                export.exportId(), export.poolId(), export.volumeId(), snapshot, export.format());
        var report = new LongWork(run, BEGINS, ENDS)
                .await(
                        caller,
                        asking -> bus.request(HostTransferApi.EXPORT_VOLUME.at(export.hostId()), request, asking),
                        looking -> bus.request(
                                HostTransferApi.LOOK_AT_EXPORT.at(export.hostId()), export.name(), looking));
        return database.transaction(tx -> {
            store.ready(tx, report.exportId(), report.bytes(), clock.instant().plus(kept));
            return store.get(tx, export.volumeId(), report.exportId());
        });
    }

    /** Ends the export and removes what it made. */
    void takeBack(Export export, Caller caller) {
        bus.request(HostTransferApi.END_EXPORT.at(export.hostId()), export.name(), caller.part("end"));
        bus.request(
                HostTransferApi.DELETE_EXPORT.at(export.hostId()),
                export.name(),
                caller.part("delete").within(HOST_PATIENCE));
        database.run(tx -> store.delete(tx, export.exportId()));
    }

    TransferApi.Exports list(UUID volumeId) {
        return new TransferApi.Exports(database.transaction(tx -> store.list(tx, volumeId)));
    }

    TransferApi.OpenedExport open(TransferApi.Export request, Caller caller) {
        ExportView export = ready(request);
        StreamTicket ticket = bus.request(
                HostTransferApi.OPEN_DOWNLOAD.at(export.hostId()), new HostTransferApi.Export(export.id()), caller);
        return new TransferApi.OpenedExport(ticket, export.fileName());
    }

    Nothing delete(TransferApi.Export request, Caller caller) {
        return delete(ready(request), caller);
    }

    private ExportView ready(TransferApi.Export request) {
        ExportView export = database.transaction(tx -> store.get(tx, request.volumeId(), request.exportId()));
        if (export.state() != ExportView.State.READY) {
            throw FailureException.conflict(
                    "The file " + export.fileName() + " is still being made; wait for its task or cancel that.");
        }
        return export;
    }

    private Nothing delete(ExportView export, Caller caller) {
        bus.request(
                HostTransferApi.DELETE_EXPORT.at(export.hostId()),
                new HostTransferApi.Export(export.id()),
                caller.part("delete " + export.id()));
        database.run(tx -> store.delete(tx, export.id()));
        return Nothing.NOTHING;
    }

    /** Deletes what nobody can fetch any more; where a host is away, the next round does. */
    void deleteExpired(Caller caller) {
        for (ExportView export : database.transaction(tx -> store.expired(tx, clock.instant()))) {
            try {
                delete(export, caller);
            } catch (FailureException e) {
                LOG.info(
                        "the expired export {} stays on host {} for now: {}",
                        export.id(),
                        export.hostId(),
                        e.failure().message());
            }
        }
    }
}
