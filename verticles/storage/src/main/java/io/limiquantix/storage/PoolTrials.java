package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.StorageApi.Trial;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.id.Uuid7;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Tries a pool on hosts without making it: each opens it as a pool of an id that nobody else has, says how it is, and gives it
 * back. One host after the other, as each would otherwise find another's mark in a place that they share.
 */
final class PoolTrials {
    private final Database database;
    private final PoolHosts hosts;
    private final PoolSecrets secrets;
    private final PoolStore store = new PoolStore();

    PoolTrials(Database database, PoolHosts hosts, PoolSecrets secrets) {
        this.database = database;
        this.hosts = hosts;
        this.secrets = secrets;
    }

    StorageApi.Trials run(StorageApi.TryPool request, Caller caller) {
        List<UUID> places = request.hostIds().isEmpty() ? hosts.all(caller) : request.hostIds();
        List<Trial> trials = new ArrayList<>();
        for (UUID host : places.stream().distinct().toList()) {
            trials.add(run(request, host, caller));
        }
        return new StorageApi.Trials(trials);
    }

    private Trial run(StorageApi.TryPool request, UUID host, Caller caller) {
        UUID id = Uuid7.next();
        var pool = new PoolStore.Definition(
                id,
                "that is tried",
                request.driver(),
                request.settings(),
                List.copyOf(request.secrets().keySet()),
                secrets.seal(id, request.secrets()));
        database.run(tx -> store.trialBegins(tx, id));
        try {
            PoolReport report = hosts.open(pool, host, caller);
            hosts.release(id, host, caller);
            return new Trial(host, true, report.capacityBytes(), report.freeBytes(), null, null);
        } catch (FailureException e) {
            return new Trial(
                    host,
                    false,
                    0,
                    0,
                    e.failure().message(),
                    e.failure().details().get("field"));
        } finally {
            database.run(tx -> store.trialEnded(tx, id));
        }
    }
}
