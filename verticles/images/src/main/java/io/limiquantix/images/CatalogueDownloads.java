package io.limiquantix.images;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.images.CatalogueApi.DownloadEntry;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.OperatingSystem;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.images.catalogue.Catalogue;
import io.limiquantix.images.catalogue.CatalogueEntry;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.names.ThingName;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Images that are made of entries of the catalogue. */
final class CatalogueDownloads {
    private final Database database;
    private final Catalogue catalogue;
    private final ImageTasks tasks;
    private final ImageArrivals arrivals;
    private final ImageStore store = new ImageStore();
    private final SystemStore systems = new SystemStore();

    CatalogueDownloads(Database database, Catalogue catalogue, ImageTasks tasks, ImageArrivals arrivals) {
        this.database = database;
        this.catalogue = catalogue;
        this.tasks = tasks;
        this.arrivals = arrivals;
    }

    /** The image and its task come in one transaction: either both are there, or neither. */
    TaskRef download(DownloadEntry request, Caller caller) {
        Optional<TaskRef> before = database.transaction(tx -> tasks.submitted(tx, caller));
        if (before.isPresent()) {
            return before.get();
        }
        CatalogueEntry entry = catalogue.require(request.entryId());
        String name = request.name() == null ? entry.key() : request.name();
        ThingName.require(name);
        List<PoolView> pools = arrivals.pools(caller);
        try {
            return database.transaction(tx -> tasks.submitted(tx, caller)
                    .orElseGet(() -> begin(tx, entry, image(entry, name, request), request.entryId(), pools, caller)));
        } catch (DatabaseException e) {
            if (e.violatedUnique() != null) {
                throw ImageLibrary.taken(name, e);
            }
            throw e;
        }
    }

    private TaskRef begin(
            Transaction tx,
            CatalogueEntry entry,
            ImagesApi.CreateImage image,
            UUID entryId,
            List<PoolView> pools,
            Caller caller) {
        UUID id = store.withoutBytes(tx, image.name(), entryId)
                .filter(found -> isSeen(tx, found, caller))
                .orElse(caller.operationId());
        store.insert(tx, id, image, caller.actor());
        store.expect(tx, id, image);
        ImageStore.Arrival arrival = arrivals.open(tx, id, caller);
        Copy place = arrivals.choose(tx, arrival, pools, null, 0, caller);
        store.comesFrom(tx, id, entryId);
        systems.learned(tx, id, OperatingSystem.Source.CATALOGUE, entry.system());
        return tasks.download(tx, arrival, place, source(entry), caller);
    }

    private boolean isSeen(Transaction tx, UUID id, Caller caller) {
        return store.find(tx, id)
                .filter(found -> ImageAccess.isSeen(found.image(), caller.actor()))
                .isPresent();
    }

    private ImageFilling.Source source(CatalogueEntry entry) {
        return new ImageFilling.Source(entry.url(), arrivals.largest(), entry.checksumsUrl());
    }

    private static ImagesApi.CreateImage image(CatalogueEntry entry, String name, DownloadEntry request) {
        return new ImagesApi.CreateImage(
                name, entry.name(), null, entry.defaultUser(), entry.format(), entry.sums(), request.poolId());
    }
}
