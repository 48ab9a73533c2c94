package io.limiquantix.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.PoolView.OnHost;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes pools: the wish is stored first, then each host gives the pool up, then it is forgotten. Whoever comes upon a
 * deletion that was cut short goes on with it; all of it can be done twice.
 */
final class PoolDeletion {
    private static final Logger LOG = LoggerFactory.getLogger(PoolDeletion.class);

    private final Database database;
    private final PoolHosts hosts;
    private final PoolStore store = new PoolStore();
    private final PoolDefinitions definitions = new PoolDefinitions();

    PoolDeletion(Database database, PoolHosts hosts) {
        this.database = database;
        this.hosts = hosts;
    }

    Nothing delete(StorageApi.Pool request, Caller caller) {
        finish(database.transaction(tx -> begin(tx, request.poolId())), caller);
        return Nothing.NOTHING;
    }

    private PoolView begin(Transaction tx, UUID poolId) {
        store.lock(tx, poolId);
        PoolView pool =
                store.find(tx, poolId).orElseThrow(() -> FailureException.notFound("There is no pool " + poolId + "."));
        if (pool.volumeCount() > 0) {
            throw FailureException.conflict("The pool " + pool.name() + " still holds " + pool.volumeCount()
                    + " volumes; delete or move them first.");
        }
        store.deletionBegins(tx, poolId);
        return pool;
    }

    /** Goes on with a deletion that was begun; a host that refuses ends it, and one that is silent leaves it begun. */
    void finish(PoolView pool, Caller caller) {
        try {
            hosts.leaveAll(
                    pool.id(),
                    pool.shared(),
                    pool.hosts().stream().map(OnHost::hostId).toList(),
                    caller);
        } catch (FailureException e) {
            if (e.code().isTransient()) {
                throw unfinished(pool, e);
            }
            keep(pool, caller);
            throw e;
        }
        database.run(tx -> store.deleted(tx, pool.id()));
    }

    private static FailureException unfinished(PoolView pool, FailureException cause) {
        Failure failure = cause.failure();
        return new FailureException(
                new Failure(
                        failure.code(),
                        "The pool " + pool.name() + " is being deleted, and that goes on when its hosts are there"
                                + " again: " + failure.message(),
                        failure.details()),
                cause);
    }

    private void keep(PoolView pool, Caller caller) {
        Optional<PoolStore.Definition> kept = database.transaction(
                tx -> store.keep(tx, pool.id()) ? definitions.find(tx, pool.id()) : Optional.empty());
        if (kept.isEmpty()) {
            return;
        }
        List<UUID> places = pool.hosts().stream().map(OnHost::hostId).toList();
        for (UUID host : places) {
            try {
                hosts.open(kept.get(), host, caller);
            } catch (FailureException e) {
                // With its next report the host is asked again.
                LOG.warn("pool {} stays and could not be opened on host {}: {}", pool.id(), host, e.getMessage());
            }
        }
    }
}
