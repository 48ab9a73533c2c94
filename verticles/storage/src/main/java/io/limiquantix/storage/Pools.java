package io.limiquantix.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.PoolView.OnHost;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pools: defined once, opened on each of their hosts, and kept true by what the hosts report. */
final class Pools {
    private static final Logger LOG = LoggerFactory.getLogger(Pools.class);
    private static final Duration OPEN_PATIENCE = Duration.ofSeconds(60);

    private final Database database;
    private final Bus bus;
    private final Clock clock;
    private final PoolStore store = new PoolStore();

    Pools(Database database, Bus bus, Clock clock) {
        this.database = database;
        this.bus = bus;
        this.clock = clock;
    }

    PoolView get(UUID poolId) {
        return database.transaction(tx -> store.find(tx, poolId))
                .orElseThrow(() -> FailureException.notFound("There is no pool " + poolId + "."));
    }

    StorageApi.Pools list() {
        return new StorageApi.Pools(database.transaction(store::all));
    }

    /** The pool's id is the operation's, so that the same request again finds what the first one made. */
    PoolView create(StorageApi.CreatePool request, Caller caller) {
        UUID id = caller.operationId();
        var before = database.transaction(tx -> store.find(tx, id));
        if (before.isPresent()) {
            return before.get();
        }
        refuseTakenName(request.name());
        List<UUID> hosts = request.hostIds().isEmpty() ? allHosts(caller) : request.hostIds();
        if (hosts.isEmpty()) {
            throw FailureException.conflict("There is no host to put the pool " + request.name() + " on yet.");
        }
        var pool = new PoolStore.Definition(id, request.name(), request.driver(), request.settings());
        List<OnHost> opened = openOnAll(pool, hosts, caller);
        try {
            return database.transaction(tx -> {
                store.insert(tx, pool, opened);
                return store.find(tx, id).orElseThrow();
            });
        } catch (DatabaseException e) {
            close(pool.id(), hosts, caller);
            if (e.violatedUnique() != null) {
                throw nameTaken(request.name());
            }
            throw e;
        }
    }

    private void refuseTakenName(String name) {
        if (database.transaction(tx -> store.findByName(tx, name)).isPresent()) {
            throw nameTaken(name);
        }
    }

    private static FailureException nameTaken(String name) {
        return new FailureException(new Failure(
                FailureCode.CONFLICT, "There is already a pool called " + name + ".", Map.of("field", "name")));
    }

    private List<UUID> allHosts(Caller caller) {
        return bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, caller).items().stream()
                .map(HostView::id)
                .toList();
    }

    /** Opens the pool everywhere or, when one host refuses, nowhere. */
    private List<OnHost> openOnAll(PoolStore.Definition pool, List<UUID> hosts, Caller caller) {
        List<OnHost> opened = new ArrayList<>();
        for (UUID host : hosts) {
            try {
                opened.add(new OnHost(host, open(pool, host, caller), clock.instant()));
            } catch (FailureException e) {
                close(pool.id(), hosts, caller);
                throw e;
            }
        }
        return opened;
    }

    private PoolReport open(PoolStore.Definition pool, UUID host, Caller caller) {
        PoolReport report = bus.request(
                HostStorageApi.OPEN_POOL.at(host),
                new HostStorageApi.OpenPool(pool.id(), pool.driver(), pool.settings()),
                caller.part("open " + host).within(OPEN_PATIENCE));
        if (!report.usable()) {
            throw FailureException.of(
                    FailureCode.STORAGE, "The pool " + pool.name() + " cannot be used: " + report.problem());
        }
        return report;
    }

    private void close(UUID poolId, List<UUID> hosts, Caller caller) {
        for (UUID host : hosts) {
            try {
                bus.request(
                        HostStorageApi.CLOSE_POOL.at(host),
                        new HostStorageApi.PoolName(poolId),
                        caller.part("close " + host).within(OPEN_PATIENCE));
            } catch (FailureException e) {
                // The host drops a pool that is not its own with its next report.
                LOG.warn("pool {} could not be closed on host {}: {}", poolId, host, e.getMessage());
            }
        }
    }

    Nothing delete(StorageApi.Pool request, Caller caller) {
        var pool = database.transaction(tx -> store.find(tx, request.poolId()));
        if (pool.isEmpty()) {
            throw FailureException.notFound("There is no pool " + request.poolId() + ".");
        }
        database.run(tx -> {
            store.lock(tx, request.poolId());
            PoolView now = store.find(tx, request.poolId()).orElseThrow();
            if (now.volumeCount() > 0) {
                throw FailureException.conflict("The pool " + now.name() + " still holds " + now.volumeCount()
                        + " volumes; delete or move them first.");
            }
            for (OnHost host : now.hosts()) {
                bus.request(
                        HostStorageApi.CLOSE_POOL.at(host.hostId()),
                        new HostStorageApi.PoolName(now.id()),
                        caller.part("close " + host.hostId()));
            }
            store.delete(tx, now.id());
        });
        return Nothing.NOTHING;
    }

    /** Takes over what a host reports; gives it the pools that it should have and does not know. */
    void reported(HostReport host, Caller caller) {
        database.run(tx -> host.pools().forEach(report -> store.report(tx, host.hostId(), report)));
        Set<UUID> known = host.pools().stream().map(PoolReport::poolId).collect(Collectors.toSet());
        for (PoolStore.Definition pool : database.transaction(tx -> store.ofHost(tx, host.hostId()))) {
            if (!known.contains(pool.id())) {
                reopen(pool, host.hostId(), caller);
            }
        }
    }

    private void reopen(PoolStore.Definition pool, UUID hostId, Caller caller) {
        LOG.info("host {} does not know the pool {}; opening it there", hostId, pool.name());
        PoolReport report = bus.request(
                HostStorageApi.OPEN_POOL.at(hostId),
                new HostStorageApi.OpenPool(pool.id(), pool.driver(), pool.settings()),
                caller);
        database.run(tx -> store.report(tx, hostId, report));
    }
}
