package io.limiquantix.images;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.Copy;
import io.limiquantix.bus.images.ImageView.State;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which images take bytes, and where those go. */
final class ImageArrivals {
    private static final Logger LOG = LoggerFactory.getLogger(ImageArrivals.class);
    private static final Duration LEAVE_PATIENCE = Duration.ofMinutes(2);

    private final Bus bus;
    private final ImageTasks tasks;
    private final ImagesConfig config;
    private final ImageStore store = new ImageStore();

    ImageArrivals(Bus bus, ImageTasks tasks, ImagesConfig config) {
        this.bus = bus;
        this.tasks = tasks;
        this.config = config;
    }

    long largest() {
        return config.largestUpload();
    }

    void requireAcceptable(long bytes) {
        if (bytes > largest()) {
            throw FailureException.of(
                    FailureCode.TOO_LARGE,
                    "The image has " + bytes + " bytes; at most " + largest() + " are accepted.");
        }
    }

    /** Where bytes can go; asked for before a transaction, as it takes a while. */
    List<PoolView> pools(Caller caller) {
        return bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, caller).items();
    }

    /** The image, if bytes of it may come. */
    ImageStore.Arrival open(Transaction tx, UUID imageId, Caller caller) {
        ImageStore.Arrival arrival = store.get(tx, imageId, caller.actor());
        requireOpen(arrival.image());
        tasks.requireIdle(tx, arrival.image());
        return arrival;
    }

    private static void requireOpen(ImageView image) {
        if (image.state().isUsable() || image.state() == State.CHECKING) {
            throw FailureException.conflict("The image " + image.name()
                    + (image.state().isUsable()
                            ? " is complete and never changes; make a new one instead."
                            : " is being checked."));
        }
    }

    /**
     * Chooses where the bytes go, and has what began to arrive elsewhere deleted there.
     *
     * @param host the only acceptable host, where the user chose
     * @param bytes how many will come, 0 when nobody knows
     */
    Copy choose(
            Transaction tx,
            ImageStore.Arrival arrival,
            List<PoolView> pools,
            @Nullable UUID host,
            long bytes,
            Caller caller) {
        Copy chosen = ArrivalPlace.choose(pools, arrival.place(), arrival.wantedPoolId(), host, bytes);
        store.arrivesAt(tx, arrival.image().id(), chosen);
        tx.afterCommit(() -> leave(arrival, chosen, caller));
        return chosen;
    }

    /** Without holding up what arrives now. */
    private void leave(ImageStore.Arrival arrival, Copy chosen, Caller caller) {
        Copy before = arrival.place();
        UUID id = arrival.image().id();
        if (before == null || before.equals(chosen)) {
            return;
        }
        Thread.ofVirtual().name("leave-" + id).start(() -> {
            try {
                bus.request(
                        HostStorageApi.DELETE_IMAGE.at(before.hostId()),
                        new HostStorageApi.ImageName(before.poolId(), id),
                        caller.part("leave " + before.hostId()).within(LEAVE_PATIENCE));
            } catch (FailureException e) {
                LOG.warn("a part of the image {} stays on host {}: {}", id, before.hostId(), e.getMessage());
            }
        });
    }
}
