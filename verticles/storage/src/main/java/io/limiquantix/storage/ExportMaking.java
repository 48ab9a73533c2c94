package io.limiquantix.storage;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.storage.VolumeHolds.Held;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;

/** Has hosts make files for people to fetch, of volumes that are kept as they are meanwhile. */
final class ExportMaking {
    /** The share of the task's progress that the export itself is. */
    static final int BEGINS = 2;

    static final int ENDS = 98;

    /** A host that was restarted begins anew; one that does not come back is not waited for. */
    static final Duration PATIENCE = Duration.ofMinutes(15);
    /** The file is whole by then; the snapshot has to go some time. */
    static final Duration UNTIL_LET_GO = Duration.ofDays(7);

    private static final Duration HOST_PATIENCE = Duration.ofMinutes(10);

    private final Database database;
    private final Bus bus;
    private final VolumeHolds holds;
    private final Clock clock;
    private final Duration kept;
    private final ExportStore store = new ExportStore();

    /** @param kept how long a file can be fetched */
    ExportMaking(Database database, Bus bus, VolumeHolds holds, Clock clock, Duration kept) {
        this.database = database;
        this.bus = bus;
        this.holds = holds;
        this.clock = clock;
        this.kept = kept;
    }

    /** A file on a host. */
    record File(UUID exportId, UUID hostId) {
        private HostTransferApi.Export name() {
            return new HostTransferApi.Export(exportId);
        }
    }

    /** @param sha256 of the file's bytes, hexadecimal */
    record Made(long bytes, String sha256) {
        static Made of(HostTransferApi.ExportReport report) {
            return new Made(report.bytes(), report.sha256());
        }
    }

    Nothing hold(Held held, Caller caller) {
        return holds.hold(held, caller);
    }

    Nothing letGo(Held held, Caller caller) {
        return holds.letGo(held, caller);
    }

    /** Waits for the end of the export as long as the host is at it, and says how far it is. */
    ExportView make(File file, LongWork work, Function<Caller, Made> ask, Caller caller) {
        Made made = work.await(
                caller,
                ask,
                looking -> bus.request(HostTransferApi.LOOK_AT_EXPORT.at(file.hostId()), file.name(), looking));
        return database.transaction(tx -> {
            store.ready(
                    tx,
                    file.exportId(),
                    made.bytes(),
                    made.sha256(),
                    clock.instant().plus(kept));
            return store.find(tx, file.exportId()).orElseThrow();
        });
    }

    /** Of exports that were never begun. */
    void forget(Collection<UUID> exportIds) {
        database.run(tx -> exportIds.forEach(id -> store.delete(tx, id)));
    }

    /** Ends the export and removes what it made. */
    void takeBack(File file, Caller caller) {
        bus.request(HostTransferApi.END_EXPORT.at(file.hostId()), file.name(), caller.part("end"));
        bus.request(
                HostTransferApi.DELETE_EXPORT.at(file.hostId()),
                file.name(),
                caller.part("delete").within(HOST_PATIENCE));
        database.run(tx -> store.delete(tx, file.exportId()));
    }
}
