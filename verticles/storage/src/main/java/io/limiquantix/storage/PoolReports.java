package io.limiquantix.storage;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.DatabaseException;
import io.limiquantix.runtime.database.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over what hosts report of their pools, and has a host correct what is not as it should be. */
final class PoolReports {
    private static final Logger LOG = LoggerFactory.getLogger(PoolReports.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What one host is to be asked. */
    private record Work(
            List<PoolStore.Definition> missing,
            List<PoolStore.Definition> outdated,
            List<UUID> strays,
            List<PoolView> deleting) {
        boolean isNone() {
            return missing.isEmpty() && outdated.isEmpty() && strays.isEmpty() && deleting.isEmpty();
        }
    }

    private final Database database;
    private final PoolHosts hosts;
    private final PoolDeletion deletion;
    private final CapacityHistory history;
    private final PoolStore store = new PoolStore();
    private final PoolDefinitions definitions = new PoolDefinitions();
    private final Set<UUID> beingCorrected = ConcurrentHashMap.newKeySet();

    PoolReports(Database database, PoolHosts hosts, PoolDeletion deletion, CapacityHistory history) {
        this.database = database;
        this.hosts = hosts;
        this.deletion = deletion;
        this.history = history;
    }

    /** A host that is slow to do what it is asked holds up no report of another, and is not asked twice at a time. */
    void take(HostReport host) {
        Work work = database.transaction(tx -> {
            host.pools().forEach(report -> store.report(tx, host.hostId(), report));
            return work(tx, host);
        });
        if (!work.isNone() && beingCorrected.add(host.hostId())) {
            Thread.ofVirtual().name("pools-of-" + host.name()).start(() -> {
                try {
                    correct(host, work);
                } finally {
                    beingCorrected.remove(host.hostId());
                }
            });
        }
        // Apart from the reports, which no trouble with the past is to hold up.
        history.record(host.pools().stream().map(PoolReport::poolId).toList());
    }

    private Work work(Transaction tx, HostReport host) {
        List<UUID> reported = host.pools().stream().map(PoolReport::poolId).toList();
        return new Work(
                definitions.missing(tx, host.hostId(), reported),
                definitions.outdated(tx, host.hostId(), host.pools()),
                store.strays(tx, host.hostId(), reported),
                store.deleting(tx, host.hostId()));
    }

    private void correct(HostReport host, Work work) {
        Caller caller = Caller.of(Actor.platform("storage"), PATIENCE);
        work.missing()
                .forEach(pool -> attempt("be opened again", pool.id(), host, () -> {
                    PoolReport report = hosts.open(pool, host.hostId(), caller);
                    database.run(tx -> store.report(tx, host.hostId(), report));
                }));
        work.outdated()
                .forEach(pool -> attempt("get its new settings", pool.id(), host, () -> change(pool, host, caller)));
        work.strays().forEach(id -> attempt("be closed", id, host, () -> leave(id, host.hostId(), caller)));
        work.deleting().forEach(pool -> attempt("be deleted", pool.id(), host, () -> deletion.finish(pool, caller)));
    }

    /** A host that can use it as it does goes on so until it can use it otherwise. */
    private void change(PoolStore.Definition pool, HostReport host, Caller caller) {
        boolean anyway =
                host.pools().stream().noneMatch(report -> report.poolId().equals(pool.id()) && report.usable());
        PoolReport report = hosts.change(pool, host.hostId(), anyway, caller);
        database.run(tx -> store.report(tx, host.hostId(), report));
    }

    /** Of a pool that nobody knows any more the place is given back; of one that was only taken from this host it is not. */
    private void leave(UUID poolId, UUID host, Caller caller) {
        Optional<PoolView> pool = database.transaction(tx -> store.find(tx, poolId));
        if (pool.isPresent()) {
            hosts.leave(pool.get(), host, caller);
        } else {
            hosts.release(poolId, host, caller);
        }
    }

    private static void attempt(String what, UUID poolId, HostReport host, Runnable action) {
        try {
            LOG.info("the pool {} is to {} on host {}", poolId, what, host.name());
            action.run();
        } catch (FailureException | DatabaseException e) {
            LOG.warn("the pool {} could not {} on host {}: {}", poolId, what, host.name(), e.getMessage());
        }
    }
}
