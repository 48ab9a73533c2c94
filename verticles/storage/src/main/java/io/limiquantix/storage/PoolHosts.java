package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Has hosts take up pools and give them up. Both are idempotent by the pool's id, and each request is an operation of its
 * own: a host that was made to give up a pool would otherwise answer a repeated opening from its journal and do nothing.
 */
final class PoolHosts {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Somebody waits for all hosts to have changed a pool, and perhaps to have gone back. */
    private static final Duration UNTIL_CHANGED = Duration.ofSeconds(40);

    private final Bus bus;
    private final PoolSecrets secrets;

    PoolHosts(Bus bus, PoolSecrets secrets) {
        this.bus = bus;
        this.secrets = secrets;
    }

    List<UUID> all(Caller caller) {
        return known(caller).stream().map(HostView::id).toList();
    }

    List<HostView> known(Caller caller) {
        return bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, caller).items();
    }

    /** @throws FailureException when the host cannot use the pool */
    PoolReport open(PoolStore.Definition pool, UUID host, Caller caller) {
        PoolReport report = bus.request(HostStorageApi.OPEN_POOL.at(host), message(pool), operation(caller, PATIENCE));
        requireUsable(pool, report);
        return report;
    }

    /**
     * Has the host use the pool by this definition.
     *
     * @param anyway also when the host cannot use it so now
     * @throws FailureException when it cannot, and uses the pool as before; {@code UNAVAILABLE} when nobody was there
     */
    PoolReport change(PoolStore.Definition pool, UUID host, boolean anyway, Caller caller) {
        PoolReport report = bus.request(
                HostStorageApi.CHANGE_POOL.at(host),
                new HostStorageApi.ChangePool(message(pool), anyway),
                operation(caller, UNTIL_CHANGED));
        if (!anyway) {
            requireUsable(pool, report);
        }
        return report;
    }

    private HostStorageApi.OpenPool message(PoolStore.Definition pool) {
        return new HostStorageApi.OpenPool(
                pool.id(), pool.driver(), pool.settings(), secrets.open(pool.id(), pool.secrets()), pool.definition());
    }

    private static void requireUsable(PoolStore.Definition pool, PoolReport report) {
        if (!report.usable()) {
            throw FailureException.of(
                    FailureCode.STORAGE, "The pool " + pool.name() + " cannot be used: " + report.problem());
        }
    }

    /** @throws FailureException {@code INVALID} for a host that is not known */
    void require(UUID host, Caller caller) {
        if (!all(caller).contains(host)) {
            throw FailureException.invalid("hostId", "There is no host " + host + ".");
        }
    }

    /**
     * Lets the host use the pool no more, and has its place given back where that is known to be the host's own: other hosts may
     * still use a shared one.
     */
    void leave(PoolView pool, UUID host, Caller caller) {
        if (pool.abilities().isPresent() && !pool.shared()) {
            release(pool.id(), host, caller);
        } else {
            close(pool.id(), host, caller);
        }
    }

    /**
     * Has all of these give the pool up, and one of those that share it give its place back.
     *
     * @param hosts all that may have it
     * @throws FailureException {@code CONFLICT} while the pool holds something
     */
    void leaveAll(UUID poolId, boolean shared, List<UUID> hosts, Caller caller) {
        for (UUID host : shared ? hosts.subList(Math.min(1, hosts.size()), hosts.size()) : List.<UUID>of()) {
            close(poolId, host, caller);
        }
        for (UUID host : shared ? hosts.subList(0, Math.min(1, hosts.size())) : hosts) {
            release(poolId, host, caller);
        }
    }

    /** What it holds stays; {@code CONFLICT} while a running VM uses that. */
    void close(UUID poolId, UUID host, Caller caller) {
        bus.request(
                HostStorageApi.CLOSE_POOL.at(host), new HostStorageApi.PoolName(poolId), operation(caller, PATIENCE));
    }

    /** @throws FailureException {@code CONFLICT} while the pool holds something there */
    void release(UUID poolId, UUID host, Caller caller) {
        bus.request(
                HostStorageApi.RELEASE_POOL.at(host), new HostStorageApi.PoolName(poolId), operation(caller, PATIENCE));
    }

    /** Of the first host that answers. */
    HostStorageApi.Drivers drivers(Caller caller) {
        Optional<HostView> up = bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, caller).items().stream()
                .filter(host -> host.state() == HostView.State.UP)
                .findFirst();
        UUID host = up.map(HostView::id)
                .orElseThrow(() -> FailureException.of(
                        FailureCode.UNAVAILABLE, "No host is up that could say which storage drivers there are."));
        return bus.request(HostStorageApi.LIST_DRIVERS.at(host), Nothing.NOTHING, caller);
    }

    /** @throws FailureException {@code UNAVAILABLE} while no host is up, {@code INVALID} when there is no such driver */
    HostStorageApi.DriverView driver(String name, Caller caller) {
        return drivers(caller).drivers().stream()
                .filter(driver -> driver.name().equals(name))
                .findFirst()
                .orElseThrow(() -> FailureException.invalid("driver", "No storage driver is called " + name + "."));
    }

    private static Caller operation(Caller caller, Duration patience) {
        return new Caller(Uuid7.next(), Instant.now().plus(patience), caller.actor(), null, caller.traceParent());
    }
}
