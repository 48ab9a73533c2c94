package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.OpenPool;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.storage.driver.HypervisorSecret;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool that this host is to have: open, or known with what keeps it from that. Safe for any thread. */
final class AssignedPool {
    private static final Logger LOG = LoggerFactory.getLogger(AssignedPool.class);
    /** A storage that takes longer to say how it is cannot be worked with; a person is to see that within ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private volatile OpenPool request;
    private final Surroundings surroundings;
    private volatile @Nullable StoragePool pool;
    private volatile PoolReport last;
    private volatile @Nullable Instant lookingSince;
    private final Semaphore turns;
    private boolean given;

    /**
     * What all pools of a host share.
     *
     * @param turns how many changes a pool makes at a time
     */
    record Surroundings(
            StorageDrivers drivers, StorageSurroundings storage, SecretKeeper secrets, int turns, Clock clock) {}

    AssignedPool(OpenPool request, Surroundings surroundings) {
        this.request = request;
        this.surroundings = surroundings;
        this.turns = new Semaphore(surroundings.turns(), true);
        this.last = unusable("It has not been opened yet.");
    }

    UUID id() {
        return request.poolId();
    }

    OpenPool request() {
        return request;
    }

    /**
     * Opens it unless it is open, and asks it how it is.
     *
     * @throws FailureException when it cannot be opened, does not answer, or is not this host's any more
     */
    synchronized PoolReport open() {
        if (given) {
            throw unavailable();
        }
        try {
            PoolReport report = StorageFailures.translate(() -> {
                StoragePool opened = opened();
                for (HypervisorSecret secret : opened.hypervisorSecrets()) {
                    surroundings.secrets().keep(secret);
                }
                return PoolDescription.usable(request, opened);
            });
            last = report;
            return report;
        } catch (FailureException e) {
            last = unusable(e.failure().message());
            throw e;
        }
    }

    private StoragePool opened() {
        StoragePool now = pool;
        if (now == null) {
            var driver = surroundings.drivers().require(request.driver());
            now = driver.open(request.poolId(), told(request), surroundings.storage());
            pool = now;
        }
        return now;
    }

    private Map<String, String> told(OpenPool definition) {
        return SecretSettings.joined(surroundings.drivers().require(definition.driver()), definition);
    }

    /**
     * Is used by another definition from now on. One such change at a time, and none while it is closed.
     *
     * @param anyway also when it cannot be used so now
     * @throws FailureException when it cannot be used so, or not be changed now; then it is used as before
     */
    PoolReport change(OpenPool to, boolean anyway) {
        if (!to.driver().equals(request.driver())) {
            throw FailureException.invalid("driver", "A pool keeps its driver.");
        }
        Map<String, String> settings = told(to);
        StoragePool now = pool;
        if (now != null && !anyway && !to.equals(request)) {
            // Beside the looks, which are not to wait for it.
            StorageFailures.translate(() -> {
                now.tryOut(settings);
                return now;
            });
        }
        return take(to, settings, anyway);
    }

    private synchronized PoolReport take(OpenPool to, Map<String, String> settings, boolean anyway) {
        if (given) {
            throw unavailable();
        }
        OpenPool before = request;
        PoolReport lastBefore = last;
        if (!to.equals(before)) {
            tell(settings);
        }
        request = to;
        try {
            return open();
        } catch (FailureException e) {
            if (anyway) {
                return last;
            }
            goBack(before, lastBefore);
            throw e;
        }
    }

    private void tell(Map<String, String> settings) {
        StoragePool now = pool;
        if (now != null) {
            StorageFailures.translate(() -> {
                now.change(settings);
                return now;
            });
        }
    }

    /** One that stays on the other definition says so in its report, and is told again. */
    private void goBack(OpenPool before, PoolReport lastBefore) {
        if (before.equals(request)) {
            return;
        }
        try {
            tell(told(before));
            request = before;
            last = lastBefore;
            if (pool != null) {
                open();
            }
        } catch (FailureException e) {
            LOG.warn("the pool {} could not be used as before at once: {}", id(), e.getMessage());
        }
    }

    /** The same for whoever only wants to know. */
    void look() {
        lookingSince = surroundings.clock().instant();
        String before = last.problem();
        try {
            open();
        } catch (FailureException e) {
            if (!e.failure().message().equals(before)) {
                LOG.warn("the pool {} cannot be used: {}", id(), e.failure().message());
            }
        } catch (RuntimeException e) {
            last = unusable("The driver " + request.driver() + " failed: " + e);
            LOG.error("the pool {} could not be looked at", id(), e);
        } finally {
            lookingSince = null;
        }
    }

    /** What the last look found; a look that takes too long says so itself. */
    PoolReport report() {
        Instant since = lookingSince;
        if (since != null && since.plus(PATIENCE).isBefore(surroundings.clock().instant())) {
            return unusable("The storage has not answered since " + since.truncatedTo(ChronoUnit.SECONDS) + ".");
        }
        return last;
    }

    boolean isOpen() {
        return pool != null;
    }

    /** @throws FailureException {@code UNAVAILABLE} while it is not open */
    StoragePool require() {
        StoragePool now = pool;
        if (now == null) {
            throw unavailable();
        }
        return now;
    }

    /**
     * Changes something in the pool when it is this caller's turn.
     *
     * @throws FailureException {@code UNAVAILABLE} when the pool is not open, or was busy until the deadline: nothing was done
     */
    <T> T change(Instant deadline, Function<StoragePool, T> work) {
        StoragePool now = require();
        awaitTurn(deadline);
        try {
            return StorageFailures.translate(() -> work.apply(now));
        } finally {
            turns.release();
        }
    }

    private void awaitTurn(Instant deadline) {
        Duration left = Duration.between(surroundings.clock().instant(), deadline);
        try {
            if (turns.tryAcquire(left.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FailureException.of(
                FailureCode.UNAVAILABLE,
                "The pool " + id() + " is busy with " + surroundings.turns() + " other changes; nothing was done.");
    }

    FailureException unavailable() {
        return FailureException.of(
                FailureCode.UNAVAILABLE,
                "The pool " + id() + " cannot be used on this host now, and is tried again all the time: "
                        + report().problem());
    }

    /** Stops using it, for good. What it holds stays. */
    synchronized void close() {
        StoragePool now = pool;
        if (now != null) {
            end(now);
        }
        given = true;
    }

    /**
     * Gives its place back, for good.
     *
     * @throws FailureException {@code CONFLICT} while it holds something, {@code UNAVAILABLE} while it is not open: its place
     *     would stay marked, unless it is another pool's by now
     */
    synchronized void release() {
        if (pool == null && isOfAnother()) {
            given = true;
            return;
        }
        StoragePool now = require();
        StorageFailures.translate(() -> {
            now.release();
            return now;
        });
        end(now);
        given = true;
    }

    private boolean isOfAnother() {
        try {
            open();
            return false;
        } catch (FailureException e) {
            return e.code() == FailureCode.CONFLICT;
        }
    }

    private void end(StoragePool open) {
        StorageFailures.translate(() -> {
            List<HypervisorSecret> secrets = open.hypervisorSecrets();
            open.close();
            secrets.forEach(secret -> surroundings.secrets().forget(secret.id()));
            return open;
        });
        pool = null;
        last = unusable("It has been closed.");
    }

    private PoolReport unusable(String problem) {
        return PoolDescription.unusable(request, pool, problem);
    }
}
