package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.storage.ExportOrigin;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets people fetch the files that were made for them, until they expire. */
final class Exports {
    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);

    private final Database database;
    private final Bus bus;
    private final Clock clock;
    private final ExportStore store = new ExportStore();

    Exports(Database database, Bus bus, Clock clock) {
        this.database = database;
        this.bus = bus;
        this.clock = clock;
    }

    TransferApi.Exports list(ExportOrigin origin, Caller caller) {
        requireSeen(origin, caller);
        return new TransferApi.Exports(database.transaction(tx -> store.list(tx, origin)));
    }

    /** The files of an image are for whoever sees the image. */
    private void requireSeen(ExportOrigin origin, Caller caller) {
        if (origin.kind() == ExportOrigin.Kind.IMAGE) {
            bus.request(ImagesApi.GET, new ImagesApi.Image(origin.id()), caller);
        }
    }

    TransferApi.OpenedExport open(TransferApi.Export request, Caller caller) {
        ExportView export = ready(request, caller);
        StreamTicket ticket = bus.request(
                HostTransferApi.OPEN_DOWNLOAD.at(export.hostId()), new HostTransferApi.Export(export.id()), caller);
        return new TransferApi.OpenedExport(ticket, export.fileName());
    }

    Nothing delete(TransferApi.Export request, Caller caller) {
        return delete(ready(request, caller), caller);
    }

    private ExportView ready(TransferApi.Export request, Caller caller) {
        requireSeen(request.origin(), caller);
        ExportView export = database.transaction(tx -> store.get(tx, request.origin(), request.exportId()));
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
