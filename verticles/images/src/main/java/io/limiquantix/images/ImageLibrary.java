package io.limiquantix.images;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Images as users name and find them, and how their bytes come in. */
final class ImageLibrary {
    private final Database database;
    private final Bus bus;
    private final ImageTasks tasks;
    private final ImagesConfig config;
    private final ImageStore store = new ImageStore();

    ImageLibrary(Database database, Bus bus, ImageTasks tasks, ImagesConfig config) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.config = config;
    }

    /** The image's id is the operation's, so that the same request again finds what the first one made. */
    ImageView create(ImagesApi.CreateImage request, Caller caller) {
        UUID id = caller.operationId();
        try {
            return database.transaction(tx -> {
                if (store.find(tx, id).isEmpty()) {
                    store.insert(tx, id, request);
                }
                return store.get(tx, id).image();
            });
        } catch (DatabaseException e) {
            if (e.violatedUnique() != null) {
                throw new FailureException(
                        new Failure(
                                FailureCode.CONFLICT,
                                "There is already an image called " + request.name() + ".",
                                Map.of("field", "name")),
                        e);
            }
            throw e;
        }
    }

    ImageView get(UUID id) {
        return database.transaction(tx -> store.get(tx, id).image());
    }

    ImagesApi.Images list(ImagesApi.ListImages request) {
        return database.transaction(tx -> store.list(tx, request));
    }

    StreamTicket beginUpload(ImagesApi.BeginUpload request, Caller caller) {
        long announced = request.lengthBytes() == null ? 0 : request.lengthBytes();
        if (announced > config.largestUpload()) {
            throw FailureException.of(
                    FailureCode.TOO_LARGE,
                    "The image has " + announced + " bytes; at most " + config.largestUpload() + " are accepted.");
        }
        ImageStore.Arrival arrival = database.transaction(tx -> store.get(tx, request.imageId()));
        requireOpen(arrival.image());
        Copy place = ArrivalPlace.choose(pools(caller), arrival.wantedPoolId(), null, announced);
        database.run(tx -> {
            requireOpen(store.get(tx, request.imageId()).image());
            store.arrivesAt(tx, request.imageId(), place);
        });
        return bus.request(
                HostStorageApi.OPEN_UPLOAD.at(place.hostId()),
                new HostStorageApi.OpenUpload(place.poolId(), request.imageId(), config.largestUpload()),
                caller.part("open upload"));
    }

    TaskRef finishUpload(ImagesApi.Image request, Caller caller) {
        return database.transaction(tx -> {
            ImageStore.Arrival arrival = store.get(tx, request.imageId());
            Copy place = arrival.place();
            if (place == null) {
                throw FailureException.conflict(
                        "No upload of the image " + arrival.image().name() + " was begun.");
            }
            return tasks.check(tx, arrival.image(), place, arrival.expectedSha256(), caller);
        });
    }

    TaskRef importFile(ImagesApi.ImportFile request, Caller caller) {
        List<PoolView> pools = pools(caller);
        return database.transaction(tx -> {
            ImageStore.Arrival arrival = store.get(tx, request.imageId());
            requireOpen(arrival.image());
            Copy place = ArrivalPlace.choose(pools, arrival.wantedPoolId(), request.hostId(), 0);
            requireOneHost(pools, request);
            store.arrivesAt(tx, request.imageId(), place);
            return tasks.importFile(tx, arrival.image(), place, arrival.expectedSha256(), request.path(), caller);
        });
    }

    private static void requireOneHost(List<PoolView> pools, ImagesApi.ImportFile request) {
        long hosts = pools.stream()
                .flatMap(p -> p.hosts().stream())
                .map(PoolView.OnHost::hostId)
                .distinct()
                .count();
        if (request.hostId() == null && hosts > 1) {
            throw FailureException.invalid("hostId", "There are " + hosts + " hosts; say on which the file is.");
        }
    }

    TaskRef delete(ImagesApi.Image request, Caller caller) {
        ImageView image = get(request.imageId());
        long uses = bus.request(StorageApi.COUNT_USES, new StorageApi.Image(image.id()), caller)
                .volumes();
        if (uses > 0) {
            throw FailureException.conflict(
                    "The image " + image.name() + " is what " + uses + " volumes are based on; delete those first.");
        }
        return database.transaction(tx -> tasks.delete(tx, store.get(tx, image.id()), caller));
    }

    private List<PoolView> pools(Caller caller) {
        return bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, caller).items();
    }

    private static void requireOpen(ImageView image) {
        if (image.state() == State.READY || image.state() == State.CHECKING) {
            throw FailureException.conflict("The image " + image.name()
                    + (image.state() == State.READY
                            ? " is complete and never changes; make a new one instead."
                            : " is being checked."));
        }
    }
}
