package io.limiquantix.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.PoolView.OnHost;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.names.ThingName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pools as users define and find them: tried on each of their hosts, then stored. */
final class Pools {
    private static final Logger LOG = LoggerFactory.getLogger(Pools.class);

    private final Database database;
    private final PoolHosts hosts;
    private final PoolSecrets secrets;
    private final Clock clock;
    private final PoolStore store = new PoolStore();

    Pools(Database database, PoolHosts hosts, PoolSecrets secrets, Clock clock) {
        this.database = database;
        this.hosts = hosts;
        this.secrets = secrets;
        this.clock = clock;
    }

    PoolView get(UUID poolId) {
        return find(poolId).orElseThrow(() -> FailureException.notFound("There is no pool " + poolId + "."));
    }

    private Optional<PoolView> find(UUID poolId) {
        return database.transaction(tx -> store.find(tx, poolId));
    }

    StorageApi.Pools list() {
        return new StorageApi.Pools(database.transaction(store::all));
    }

    /** The pool's id is the operation's, so that the same request again finds what the first one made. */
    PoolView create(StorageApi.CreatePool request, Caller caller) {
        UUID id = caller.operationId();
        Optional<PoolView> before = find(id);
        if (before.isPresent()) {
            return before.get();
        }
        ThingName.require(request.name());
        Optional<PoolView> named = database.transaction(tx -> store.findByName(tx, request.name()));
        if (named.isPresent()) {
            return sameOrTaken(named, id, request.name());
        }
        List<UUID> places = request.hostIds().isEmpty()
                ? hosts.all(caller)
                : request.hostIds().stream().distinct().toList();
        if (places.isEmpty()) {
            throw FailureException.conflict("There is no host to put the pool " + request.name() + " on yet.");
        }
        return tryAndStore(definition(id, request), places, caller);
    }

    private PoolStore.Definition definition(UUID id, StorageApi.CreatePool request) {
        return new PoolStore.Definition(
                id,
                request.name(),
                request.driver(),
                request.settings(),
                request.secrets().keySet().stream().sorted().toList(),
                secrets.seal(id, request.secrets()));
    }

    private PoolView tryAndStore(PoolStore.Definition pool, List<UUID> places, Caller caller) {
        database.run(tx -> store.trialBegins(tx, pool.id()));
        List<OnHost> opened = openOnAll(pool, places, caller);
        try {
            return database.transaction(tx -> {
                store.insert(tx, pool, opened);
                store.trialEnded(tx, pool.id());
                return store.find(tx, pool.id()).orElseThrow();
            });
        } catch (DatabaseException e) {
            giveUp(pool.id(), areShared(opened), places, caller);
            if (e.violatedUnique() != null) {
                return sameOrTaken(find(pool.id()), pool.id(), pool.name());
            }
            throw e;
        }
    }

    /** The same request at the same moment may have been faster: its pool is the answer to both. */
    private static PoolView sameOrTaken(Optional<PoolView> there, UUID id, String name) {
        return there.filter(pool -> pool.id().equals(id)).orElseThrow(() -> nameTaken(name));
    }

    private static FailureException nameTaken(String name) {
        return new FailureException(new Failure(
                FailureCode.CONFLICT, "There is already a pool called " + name + ".", Map.of("field", "name")));
    }

    /** Opens the pool everywhere or, when one host refuses, nowhere. */
    private List<OnHost> openOnAll(PoolStore.Definition pool, List<UUID> places, Caller caller) {
        List<OnHost> opened = new ArrayList<>();
        for (UUID host : places) {
            try {
                opened.add(new OnHost(host, hosts.open(pool, host, caller), clock.instant()));
            } catch (FailureException e) {
                giveUp(pool.id(), areShared(opened), places.subList(0, opened.size() + 1), caller);
                throw e;
            }
        }
        return opened;
    }

    private static boolean areShared(List<OnHost> opened) {
        return opened.stream().anyMatch(PoolStore::isShared);
    }

    /** Leaves nothing on hosts of a pool that was not stored, unless the same request has stored it meanwhile. */
    private void giveUp(UUID poolId, boolean shared, List<UUID> tried, Caller caller) {
        if (find(poolId).isPresent()) {
            return;
        }
        for (UUID host : tried.reversed()) {
            // A place that they share is given back by the last one.
            boolean leaves = shared && !host.equals(tried.getFirst());
            try {
                if (leaves) {
                    hosts.close(poolId, host, caller);
                } else {
                    hosts.release(poolId, host, caller);
                }
            } catch (FailureException e) {
                // With its next report the host is asked again.
                LOG.warn("pool {} could not be closed on host {}: {}", poolId, host, e.getMessage());
            }
        }
        database.run(tx -> store.trialEnded(tx, poolId));
    }
}
