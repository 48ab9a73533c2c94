package io.limiquantix.images;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.images.ImageFilling.Check;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.util.UUID;
import java.util.function.Supplier;

/** Keeps with an image why it did not become one, where the user will look for it. */
final class KeptReasons {
    private final Database database;
    private final Bus bus;
    private final ImageStore store = new ImageStore();

    KeptReasons(Database database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    /** Asks a host, whose reason is kept when it refuses. */
    <R> R refusing(UUID imageId, Supplier<R> request) {
        try {
            return request.get();
        } catch (FailureException e) {
            if (!e.code().isTransient() && e.code() != FailureCode.STALE_EPOCH) {
                database.run(tx -> store.refused(tx, imageId, e.failure().message()));
            }
            throw e;
        }
    }

    /** Has what came of an image deleted. */
    void forget(Check input, Caller caller, String problem) {
        bus.request(
                HostStorageApi.DELETE_IMAGE.at(input.hostId()),
                new HostStorageApi.ImageName(input.poolId(), input.imageId()),
                caller);
        explain(input.imageId(), problem);
    }

    /** A reason that was kept before stays. */
    void explain(UUID imageId, String problem) {
        database.run(tx -> {
            boolean explained = store.find(tx, imageId)
                    .map(a -> a.image().problem() != null)
                    .orElse(true);
            if (!explained) {
                store.refused(tx, imageId, problem);
            }
        });
    }
}
