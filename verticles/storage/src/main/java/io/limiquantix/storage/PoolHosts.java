package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Has hosts take up pools and give them up. Both are idempotent by the pool's id, and each request is an operation of its
 * own: a host that was made to give up a pool would otherwise answer a repeated opening from its journal and do nothing.
 */
final class PoolHosts {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Bus bus;
    private final PoolSecrets secrets;

    PoolHosts(Bus bus, PoolSecrets secrets) {
        this.bus = bus;
        this.secrets = secrets;
    }

    List<UUID> all(Caller caller) {
        return bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, caller).items().stream()
                .map(HostView::id)
                .toList();
    }

    /** @throws FailureException when the host cannot use the pool */
    PoolReport open(PoolStore.Definition pool, UUID host, Caller caller) {
        PoolReport report = bus.request(
                HostStorageApi.OPEN_POOL.at(host),
                new HostStorageApi.OpenPool(
                        pool.id(), pool.driver(), pool.settings(), secrets.open(pool.id(), pool.secrets())),
                operation(caller));
        if (!report.usable()) {
            throw FailureException.of(
                    FailureCode.STORAGE, "The pool " + pool.name() + " cannot be used: " + report.problem());
        }
        return report;
    }

    /** @throws FailureException {@code CONFLICT} while the pool holds something there */
    void close(UUID poolId, UUID host, Caller caller) {
        bus.request(HostStorageApi.CLOSE_POOL.at(host), new HostStorageApi.PoolName(poolId), operation(caller));
    }

    private static Caller operation(Caller caller) {
        return new Caller(Uuid7.next(), Instant.now().plus(PATIENCE), caller.actor(), null, caller.traceParent());
    }
}
