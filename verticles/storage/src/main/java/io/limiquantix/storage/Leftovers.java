package io.limiquantix.storage;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.storage.ArrivalStore.Leftover;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what hosts have of volumes that are elsewhere: at once, or when a host that was away is heard again. */
final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    /** The row is locked for so long at most; a request that comes later to the host than this is not done any more. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Database database;
    private final Bus bus;
    private final ArrivalStore store = new ArrivalStore();
    private final Set<UUID> beingCleared = ConcurrentHashMap.newKeySet();

    Leftovers(Database database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    void heard(HostReport host) {
        List<Leftover> left = database.transaction(tx -> store.leftoversOn(tx, host.hostId()));
        if (!left.isEmpty() && beingCleared.add(host.hostId())) {
            Thread.ofVirtual().name("leftovers-on-" + host.name()).start(() -> {
                try {
                    left.forEach(this::attempt);
                } finally {
                    beingCleared.remove(host.hostId());
                }
            });
        }
    }

    /** What cannot be deleted now is left for later. */
    void attempt(Leftover leftover) {
        try {
            database.run(tx -> delete(tx, leftover));
        } catch (FailureException | DatabaseException e) {
            LOG.info(
                    "what the host {} has of the volume {} is deleted later: {}",
                    leftover.hostId(),
                    leftover.volumeId(),
                    e.getMessage());
        }
    }

    private void delete(Transaction tx, Leftover leftover) {
        if (store.lock(tx, leftover)) {
            bus.request(
                    HostStorageApi.DELETE_VOLUME.at(leftover.hostId()),
                    new HostStorageApi.DeleteVolume(leftover.poolId(), leftover.volumeId(), true),
                    Caller.of(Actor.platform("storage"), ANSWER));
            store.forget(tx, leftover);
        }
    }
}
