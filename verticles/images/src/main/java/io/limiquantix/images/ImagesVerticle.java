package io.limiquantix.images;

import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.runtime.ControlPlane;
import io.limiquantix.runtime.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Wires the image library to the bus. */
public final class ImagesVerticle extends VerticleBase {
    private final ControlPlane plane;

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
        bus.serve(ImagesApi.GET, (request, caller) -> library.get(request.imageId()));
        bus.serve(ImagesApi.LIST, (request, caller) -> library.list(request));
        bus.serve(ImagesApi.BEGIN_UPLOAD, library::beginUpload);
        bus.serve(ImagesApi.FINISH_UPLOAD, library::finishUpload);
        bus.serve(ImagesApi.BEGIN_PARTS, parts::begin);
        bus.serve(ImagesApi.LOOK_AT_PARTS, (request, caller) -> parts.look(request.imageId(), caller));
        bus.serve(ImagesApi.OPEN_PART, parts::open);
        bus.serve(ImagesApi.FORGET_PARTS, (request, caller) -> parts.forget(request.imageId(), caller));
        bus.serve(ImagesApi.IMPORT_FILE, library::importFile);
        bus.serve(ImagesApi.DESCRIBE, (request, caller) -> library.describe(request));
        bus.serve(ImagesApi.DOWNLOAD_FILE, library::download);
        bus.serve(ImagesApi.LOOK_UP_SUMS, published::lookUp);
        bus.serve(ImagesApi.DELETE, library::delete);
        return Future.succeededFuture();
    }
}
