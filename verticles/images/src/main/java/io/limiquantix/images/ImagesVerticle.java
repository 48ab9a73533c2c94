package io.limiquantix.images;

import io.limiquantix.bus.images.CatalogueApi;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.images.catalogue.Catalogue;
import io.limiquantix.images.catalogue.CatalogueSources;
import io.limiquantix.images.copies.CacheLimit;
import io.limiquantix.images.copies.Copies;
import io.limiquantix.images.copies.Removals;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.time.Chore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Optional;

/** Wires the image library to the bus. */
public final class ImagesVerticle extends VerticleBase {
    /** Hosts that have just started are up before the first one. */
    private static final Duration CATALOGUE_ROUND = Duration.ofSeconds(10);

    private static final Duration CACHE_ROUND = Duration.ofMinutes(1);

    private final ControlPlane plane;
    private Optional<Chore> reading = Optional.empty();
    private Optional<Chore> makingRoom = Optional.empty();

    public ImagesVerticle(ControlPlane plane) {
        this.plane = plane;
    }

    @Override
    public Future<?> start() {
        Bus bus = plane.platform().bus();
        ImagesConfig config = plane.platform().configuration().section("images", ImagesConfig.class);
        PublishedSums published = new PublishedSums(bus);
        ImageTasks tasks = new ImageTasks(plane.database(), bus, plane.tasks(), published);
        ImageArrivals arrivals = new ImageArrivals(bus, tasks, config);
        ImageLibrary library = new ImageLibrary(plane.database(), bus, tasks, arrivals);
        ImageParts parts = new ImageParts(plane.database(), bus, arrivals);
        tasks.register();
        bus.serve(ImagesApi.CREATE, library::create);
        bus.serve(ImagesApi.GET, (request, caller) -> library.get(request.imageId(), caller));
        bus.serve(ImagesApi.LIST, library::list);
        bus.serve(ImagesApi.BEGIN_UPLOAD, library::beginUpload);
        bus.serve(ImagesApi.FINISH_UPLOAD, library::finishUpload);
        bus.serve(ImagesApi.BEGIN_PARTS, parts::begin);
        bus.serve(ImagesApi.LOOK_AT_PARTS, (request, caller) -> parts.look(request.imageId(), caller));
        bus.serve(ImagesApi.OPEN_PART, parts::open);
        bus.serve(ImagesApi.FORGET_PARTS, (request, caller) -> parts.forget(request.imageId(), caller));
        bus.serve(ImagesApi.IMPORT_FILE, library::importFile);
        bus.serve(ImagesApi.DESCRIBE, library::describe);
        bus.serve(ImagesApi.DOWNLOAD_FILE, library::download);
        bus.serve(ImagesApi.LOOK_UP_SUMS, published::lookUp);
        bus.serve(ImagesApi.DELETE, library::delete);
        serveCopies(bus, config);
        serveCatalogue(bus, tasks, arrivals, config);
        return Future.succeededFuture();
    }

    private void serveCopies(Bus bus, ImagesConfig config) {
        Copies copies = new Copies(plane.database(), bus, plane.tasks());
        Removals removals = new Removals(plane.database(), bus, plane.tasks());
        copies.register();
        removals.register();
        bus.serve(ImagesApi.BRING, copies::bring);
        bus.serve(ImagesApi.SEED, copies::seed);
        bus.serve(ImagesApi.REMOVE_COPY, removals::remove);
        if (config.cacheBytes() != null) {
            CacheLimit limit = new CacheLimit(
                    plane.database(), bus, removals, plane.platform().clock(), config.cacheBytes());
            makingRoom = Optional.of(Chore.every(CACHE_ROUND, "image-cache", limit::round));
        }
    }

    private void serveCatalogue(Bus bus, ImageTasks tasks, ImageArrivals arrivals, ImagesConfig config) {
        CatalogueSources sources =
                new CatalogueSources(plane.database(), bus, config.catalogues(), config.cataloguePause());
        Catalogue catalogue = new Catalogue(plane.database(), sources);
        CatalogueDownloads downloads = new CatalogueDownloads(plane.database(), catalogue, tasks, arrivals);
        bus.serve(CatalogueApi.LIST_ENTRIES, (request, caller) -> catalogue.list(request, caller.actor()));
        bus.serve(CatalogueApi.LIST_SOURCES, (request, caller) -> sources.list());
        bus.serve(CatalogueApi.REFRESH, (request, caller) -> sources.refresh());
        bus.serve(CatalogueApi.ADD_SOURCE, (request, caller) -> sources.add(request));
        bus.serve(CatalogueApi.REMOVE_SOURCE, (request, caller) -> sources.remove(request.sourceId()));
        bus.serve(CatalogueApi.DOWNLOAD_ENTRY, downloads::download);
        sources.makeDue();
        reading = Optional.of(Chore.every(CATALOGUE_ROUND, "catalogue-sources", sources::round));
    }

    @Override
    public Future<?> stop() {
        reading.ifPresent(Chore::close);
        makingRoom.ifPresent(Chore::close);
        return Future.succeededFuture();
    }
}
