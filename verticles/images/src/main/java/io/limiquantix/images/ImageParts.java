package io.limiquantix.images;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.images.ImagesApi.Parts;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.util.List;
import java.util.UUID;

/**
 * Images whose bytes come in parts, so that an upload goes on where it was cut off. How much has come is asked of the host that has
 * it; where that is, and how much there will be, is in the database.
 */
final class ImageParts {
    private final Database database;
    private final Bus bus;
    private final ImageArrivals arrivals;
    private final ImageStore store = new ImageStore();

    ImageParts(Database database, Bus bus, ImageArrivals arrivals) {
        this.database = database;
        this.bus = bus;
        this.arrivals = arrivals;
    }

    Parts begin(ImagesApi.BeginParts request, Caller caller) {
        if (request.lengthBytes() < 1) {
            throw FailureException.invalid("lengthBytes", "An image has at least one byte.");
        }
        arrivals.requireAcceptable(request.lengthBytes());
        List<PoolView> pools = arrivals.pools(caller);
        refuseWhileArriving(database.transaction(tx -> arrivals.open(tx, request.imageId(), caller)), caller);
        Copy place = database.transaction(tx -> {
            ImageStore.Arrival arrival = arrivals.open(tx, request.imageId(), caller);
            return arrivals.choose(tx, arrival, pools, null, request.lengthBytes(), caller);
        });
        forgetAt(place, request.imageId(), caller.part("forget"));
        // Only now: what came of another file must never be gone on with.
        database.run(tx -> store.announced(tx, request.imageId(), request.lengthBytes()));
        return new Parts(request.imageId(), 0, request.lengthBytes(), true);
    }

    Parts look(UUID imageId, Caller caller) {
        ImageStore.Arrival arrival = expected(database.transaction(tx -> store.get(tx, imageId, caller.actor())));
        long length = announced(arrival);
        State state = arrival.image().state();
        Copy place = arrival.place();
        if (state.isUsable() || state == State.CHECKING || place == null) {
            return new Parts(imageId, length, length, false);
        }
        long offset = bus.request(
                        HostStorageApi.LOOK_AT_ARRIVAL.at(place.hostId()),
                        new HostStorageApi.ImageName(place.poolId(), imageId),
                        caller)
                .bytes();
        return new Parts(imageId, offset, length, true);
    }

    StreamTicket open(ImagesApi.OpenPart request, Caller caller) {
        ImageStore.Arrival arrival = database.transaction(tx -> expected(arrivals.open(tx, request.imageId(), caller)));
        Copy place = required(arrival);
        return bus.request(
                HostStorageApi.OPEN_UPLOAD.at(place.hostId()),
                new HostStorageApi.OpenUpload(place.poolId(), request.imageId(), announced(arrival), request.offset()),
                caller.part("open part"));
    }

    Nothing forget(UUID imageId, Caller caller) {
        Copy place = required(database.transaction(tx -> expected(arrivals.open(tx, imageId, caller))));
        forgetAt(place, imageId, caller.part("forget"));
        database.run(tx -> store.announced(tx, imageId, null));
        return Nothing.NOTHING;
    }

    /** Before anything is changed: whoever sends now can go on. */
    private void refuseWhileArriving(ImageStore.Arrival arrival, Caller caller) {
        Copy place = arrival.place();
        if (place == null) {
            return;
        }
        try {
            forgetAt(place, arrival.image().id(), caller.part("refuse while arriving"));
        } catch (FailureException e) {
            // A host that does not answer is not chosen again, or is asked once more.
            if (!e.code().isTransient()) {
                throw e;
            }
        }
    }

    private void forgetAt(Copy place, UUID imageId, Caller caller) {
        bus.request(
                HostStorageApi.FORGET_ARRIVAL.at(place.hostId()),
                new HostStorageApi.ImageName(place.poolId(), imageId),
                caller);
    }

    private static ImageStore.Arrival expected(ImageStore.Arrival arrival) {
        if (arrival.announcedBytes() == null) {
            throw notExpected(arrival.image());
        }
        return arrival;
    }

    private static long announced(ImageStore.Arrival arrival) {
        Long bytes = arrival.announcedBytes();
        if (bytes == null) {
            throw notExpected(arrival.image());
        }
        return bytes;
    }

    private static Copy required(ImageStore.Arrival arrival) {
        Copy place = arrival.place();
        if (place == null) {
            throw notExpected(arrival.image());
        }
        return place;
    }

    private static FailureException notExpected(ImageView image) {
        return FailureException.notFound(
                "No parts of the image " + image.name() + " are expected; announce how long it is first.");
    }
}
