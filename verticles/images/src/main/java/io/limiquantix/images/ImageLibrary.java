package io.limiquantix.images;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.SystemFacts;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.images.system.SystemClaims;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.VersionCheck;
import io.limiquantix.runtime.names.ThingName;
import io.limiquantix.runtime.names.WebAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Images as users name and find them, and how their bytes come in. */
final class ImageLibrary {
    private final Database database;
    private final Bus bus;
    private final ImageTasks tasks;
    private final ImageArrivals arrivals;
    private final ImageStore store = new ImageStore();
    private final SystemStore systems = new SystemStore();
    private final ApplianceStore appliances = new ApplianceStore();

    ImageLibrary(Database database, Bus bus, ImageTasks tasks, ImageArrivals arrivals) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.arrivals = arrivals;
    }

    /** The image's id is the operation's, so that the same request again finds what the first one made. */
    ImageView create(ImagesApi.CreateImage request, Caller caller) {
        UUID id = caller.operationId();
        ThingName.require(request.name());
        try {
            return database.transaction(tx -> {
                store.insert(tx, id, accepted(request), caller.actor());
                return store.get(tx, id, caller.actor()).image();
            });
        } catch (DatabaseException e) {
            if (e.violatedUnique() != null) {
                return sameOrTaken(id, request.name(), e);
            }
            throw e;
        }
    }

    private static ImagesApi.CreateImage accepted(ImagesApi.CreateImage request) {
        @Nullable SystemFacts said = request.operatingSystem();
        return new ImagesApi.CreateImage(
                request.name(),
                request.description(),
                said == null ? null : SystemClaims.stated(said),
                request.defaultUser(),
                request.format(),
                request.sums(),
                request.poolId(),
                request.visibility(),
                TagRules.accept(request.tags()));
    }

    private static ImagesApi.DescribeImage accepted(ImagesApi.DescribeImage request) {
        @Nullable SystemFacts said = request.operatingSystem();
        ImagesApi.@Nullable Tags tags = request.tags();
        return new ImagesApi.DescribeImage(
                request.imageId(),
                request.expectedVersion(),
                request.name(),
                request.description(),
                said == null ? null : SystemClaims.stated(said),
                request.defaultUser(),
                request.visibility(),
                tags == null ? null : new ImagesApi.Tags(TagRules.accept(tags.words())),
                request.deprecated());
    }

    /** The same request at the same moment may have been faster: its image is the answer to both. */
    private ImageView sameOrTaken(UUID id, String name, DatabaseException cause) {
        return database.transaction(tx -> store.find(tx, id))
                .map(ImageStore.Arrival::image)
                .orElseThrow(() -> taken(name, cause));
    }

    static FailureException taken(@Nullable String name, DatabaseException cause) {
        return new FailureException(
                new Failure(
                        FailureCode.CONFLICT,
                        "There is already an image called " + name + ".",
                        Map.of("field", "name")),
                cause);
    }

    ImageView describe(ImagesApi.DescribeImage said, Caller caller) {
        String name = said.name();
        if (name != null) {
            ThingName.require(name);
        }
        try {
            return database.transaction(tx -> {
                ImageView image = store.get(tx, said.imageId(), caller.actor()).image();
                requireChangeable(image, said, caller.actor());
                VersionCheck.require("image " + image.name(), said.expectedVersion(), image.version());
                store.describe(tx, accepted(said));
                return store.get(tx, said.imageId(), caller.actor()).image();
            });
        } catch (DatabaseException e) {
            if (e.violatedUnique() != null) {
                throw taken(name, e);
            }
            throw e;
        }
    }

    private static void requireChangeable(ImageView image, ImagesApi.DescribeImage said, Actor actor) {
        if (said.visibility() != null && said.visibility() != image.visibility()) {
            ImageAccess.requireMaster(image, actor);
        }
        if (said.deprecated() != null && !image.state().isUsable()) {
            throw FailureException.conflict("The image " + image.name()
                    + " is not ready, so it is not offered anyway; it can be deprecated once it is.");
        }
    }

    ImageView get(UUID id, Caller caller) {
        return database.transaction(tx -> store.get(tx, id, caller.actor()).image());
    }

    ImagesApi.Images list(ImagesApi.ListImages request, Caller caller) {
        return database.transaction(tx -> ImageListing.list(tx, request, caller.actor()));
    }

    StreamTicket beginUpload(ImagesApi.BeginUpload request, Caller caller) {
        long announced = request.lengthBytes() == null ? 0 : request.lengthBytes();
        arrivals.requireAcceptable(announced);
        List<PoolView> pools = arrivals.pools(caller);
        Copy place = database.transaction(tx ->
                arrivals.choose(tx, arrivals.open(tx, request.imageId(), caller), pools, null, announced, caller));
        return bus.request(
                HostStorageApi.OPEN_UPLOAD.at(place.hostId()),
                new HostStorageApi.OpenUpload(place.poolId(), request.imageId(), arrivals.largest()),
                caller.part("open upload"));
    }

    TaskRef finishUpload(ImagesApi.Image request, Caller caller) {
        return database.transaction(
                tx -> tasks.submitted(tx, caller).orElseGet(() -> check(tx, request.imageId(), caller)));
    }

    private TaskRef check(Transaction tx, UUID imageId, Caller caller) {
        ImageStore.Arrival arrival = arrivals.open(tx, imageId, caller);
        Copy place = arrival.place();
        if (place == null) {
            throw FailureException.conflict(
                    "No upload of the image " + arrival.image().name() + " was begun.");
        }
        return tasks.check(tx, arrival, place, caller);
    }

    TaskRef importFile(ImagesApi.ImportFile request, Caller caller) {
        List<PoolView> pools = arrivals.pools(caller);
        return database.transaction(
                tx -> tasks.submitted(tx, caller).orElseGet(() -> importFile(tx, pools, request, caller)));
    }

    private TaskRef importFile(Transaction tx, List<PoolView> pools, ImagesApi.ImportFile request, Caller caller) {
        ImageStore.Arrival arrival = arrivals.open(tx, request.imageId(), caller);
        requireOneHost(pools, request);
        Copy place = arrivals.choose(tx, arrival, pools, request.hostId(), 0, caller);
        systems.fileNamed(tx, request.imageId(), request.path());
        return tasks.importFile(tx, arrival, place, request.path(), caller);
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

    TaskRef download(ImagesApi.DownloadFile request, Caller caller) {
        WebAddress source = WebAddress.parse(request.url());
        if (request.checksumsUrl() != null) {
            PublishedSums.requireAddress(request.checksumsUrl());
            requireFileName(source);
        }
        List<PoolView> pools = arrivals.pools(caller);
        return database.transaction(
                tx -> tasks.submitted(tx, caller).orElseGet(() -> download(tx, pools, request, caller)));
    }

    private TaskRef download(Transaction tx, List<PoolView> pools, ImagesApi.DownloadFile request, Caller caller) {
        ImageStore.Arrival arrival = arrivals.open(tx, request.imageId(), caller);
        Copy place = arrivals.choose(tx, arrival, pools, null, 0, caller);
        systems.fileNamed(tx, request.imageId(), WebAddress.parse(request.url()).fileName());
        var source = new ImageFilling.Source(request.url(), arrivals.largest(), request.checksumsUrl());
        return tasks.download(tx, arrival, place, source, caller);
    }

    private static void requireFileName(WebAddress source) {
        if (source.fileName().isEmpty()) {
            throw FailureException.invalid(
                    PublishedSums.FIELD,
                    "The image's address ends without the name of a file that a list could have; give the checksum itself.");
        }
    }

    TaskRef delete(ImagesApi.DeleteImage request, Caller caller) {
        Optional<TaskRef> before = database.transaction(tx -> tasks.submitted(tx, caller));
        if (before.isPresent()) {
            return before.get();
        }
        ImageView image = get(request.imageId(), caller);
        database.run(tx -> appliances.requireFree(tx, image));
        IsoUsers.requireNone(bus, image, caller);
        if (!request.independent()) {
            requireUnused(image, caller);
            database.transaction(tx -> appliances.disks(tx, image.id()))
                    .forEach(disk -> requireUnused(disk.image(), caller));
        }
        return database.transaction(
                tx -> tasks.submitted(tx, caller).orElseGet(() -> delete(tx, image.id(), request, caller)));
    }

    private TaskRef delete(Transaction tx, UUID imageId, ImagesApi.DeleteImage request, Caller caller) {
        return tasks.delete(
                tx,
                store.get(tx, imageId, caller.actor()),
                appliances.disks(tx, imageId),
                request.independent(),
                caller);
    }

    private void requireUnused(ImageView image, Caller caller) {
        long uses = bus.request(StorageApi.COUNT_USES, new StorageApi.Image(image.id()), caller)
                .volumes();
        if (uses > 0) {
            throw FailureException.conflict("The image " + image.name() + " is what " + uses
                    + " volumes are based on; delete those first, or have them made independent of it.");
        }
    }
}
