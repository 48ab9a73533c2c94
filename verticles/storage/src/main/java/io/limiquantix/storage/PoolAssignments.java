package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.database.VersionCheck;
import java.util.UUID;

/** Gives pools to further hosts and takes them from hosts. */
final class PoolAssignments {
    private final Database database;
    private final PoolHosts hosts;
    private final AbsentHosts absent;
    private final PoolStore store = new PoolStore();
    private final PoolDefinitions definitions = new PoolDefinitions();

    PoolAssignments(Database database, PoolHosts hosts, AbsentHosts absent) {
        this.database = database;
        this.hosts = hosts;
        this.absent = absent;
    }

    /** The pool with the host; success when it had it. */
    PoolView assign(StorageApi.PoolHost request, Caller caller) {
        PoolView pool = get(request.poolId());
        if (isOn(pool, request.hostId())) {
            return pool;
        }
        hosts.require(request.hostId(), caller);
        database.run(tx -> store.trialBegins(tx, pool.id()));
        PoolReport report = hosts.open(definition(pool.id()), request.hostId(), caller);
        return database.transaction(tx -> {
            store.assign(tx, pool.id(), request.hostId(), report);
            store.trialEnded(tx, pool.id());
            return store.find(tx, pool.id()).orElseThrow(() -> missing(pool.id()));
        });
    }

    /** The pool without the host; success when it had not been there. */
    PoolView unassign(StorageApi.UnassignHost request, Caller caller) {
        PoolView pool = database.transaction(tx -> removable(tx, request));
        if (!isOn(pool, request.hostId())) {
            return pool;
        }
        if (request.withoutHost()) {
            return absent.unassign(pool, request.hostId(), caller);
        }
        hosts.leave(pool, request.hostId(), caller);
        return database.transaction(tx -> {
            store.unassign(tx, pool.id(), request.hostId());
            return store.find(tx, pool.id()).orElseThrow(() -> missing(pool.id()));
        });
    }

    private PoolView removable(Transaction tx, StorageApi.UnassignHost request) {
        store.lock(tx, request.poolId());
        PoolView pool = store.find(tx, request.poolId()).orElseThrow(() -> missing(request.poolId()));
        if (isOn(pool, request.hostId())) {
            requireRemovable(tx, pool, request.hostId());
        }
        return pool;
    }

    /** @throws FailureException {@code CONFLICT} for the pool's last host, and while something of it lies there */
    static void requireRemovable(Transaction tx, PoolView pool, UUID hostId) {
        if (pool.hosts().size() == 1) {
            throw FailureException.conflict(
                    "This is the last host of the pool " + pool.name() + "; delete the pool instead.");
        }
        long there = new VolumeStore().countOn(tx, pool.id(), hostId);
        if (there > 0) {
            throw FailureException.conflict("The pool " + pool.name() + " holds " + there
                    + " volumes on this host; move or delete them first.");
        }
    }

    PoolView setMaintenance(StorageApi.SetMaintenance request) {
        return database.transaction(tx -> {
            store.lock(tx, request.poolId());
            PoolView pool = store.find(tx, request.poolId()).orElseThrow(() -> missing(request.poolId()));
            VersionCheck.require("pool " + pool.name(), request.expectedVersion(), pool.version());
            store.setMaintenance(tx, pool.id(), request.maintenance());
            return store.find(tx, pool.id()).orElseThrow(() -> missing(pool.id()));
        });
    }

    static boolean isOn(PoolView pool, UUID host) {
        return pool.hosts().stream().anyMatch(h -> h.hostId().equals(host));
    }

    private PoolView get(UUID poolId) {
        return database.transaction(tx -> store.find(tx, poolId)).orElseThrow(() -> missing(poolId));
    }

    private PoolStore.Definition definition(UUID poolId) {
        return database.transaction(tx -> definitions.find(tx, poolId)).orElseThrow(() -> missing(poolId));
    }

    private static FailureException missing(UUID poolId) {
        return FailureException.notFound("There is no pool " + poolId + ".");
    }
}
