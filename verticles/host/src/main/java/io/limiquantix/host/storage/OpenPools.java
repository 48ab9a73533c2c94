package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.ChangePool;
import io.limiquantix.bus.host.HostStorageApi.OpenPool;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The pools of this host. Which ones it is to have is remembered; one that cannot be opened stays known with its problem.
 * What one pool takes its time for holds up no other. Safe for any thread.
 */
public final class OpenPools {
    private final AssignedPool.Surroundings surroundings;
    private final PoolMemory memory;
    private final IdLocks locks = new IdLocks();
    private final Map<UUID, AssignedPool> assigned = new ConcurrentHashMap<>();

    /**
     * Knows what was assigned before; {@link PoolWatch} opens it.
     *
     * @param changesAtATime how many a pool makes, so that thousands of them neither drown a storage nor end its health checks
     */
    public OpenPools(
            StorageDrivers drivers,
            StorageSurroundings storage,
            SecretKeeper secrets,
            PoolMemory memory,
            int changesAtATime,
            Clock clock) {
        this.surroundings = new AssignedPool.Surroundings(drivers, storage, secrets, changesAtATime, clock);
        this.memory = memory;
        for (OpenPool pool : memory.read()) {
            assigned.put(pool.poolId(), new AssignedPool(pool, surroundings));
        }
    }

    Collection<AssignedPool> assigned() {
        return List.copyOf(assigned.values());
    }

    /**
     * Opens the pool and remembers it.
     *
     * @throws FailureException when it cannot be opened; then it is known only if it was before, though the driver may have
     *     marked its place as this pool's
     */
    public PoolReport open(OpenPool request) {
        try (IdLocks.Held _ = locks.hold(request.poolId())) {
            AssignedPool known = assigned.get(request.poolId());
            if (known != null && !isTheSame(known.request(), request)) {
                throw FailureException.conflict(
                        "The pool " + request.poolId() + " is known on this host with other settings.");
            }
            if (known != null) {
                return known.open();
            }
            AssignedPool pool = new AssignedPool(request, surroundings);
            PoolReport report = openFirst(pool);
            assigned.put(request.poolId(), pool);
            remember();
            return report;
        }
    }

    /** Programs beside the control plane do not know of definitions. */
    private static boolean isTheSame(OpenPool one, OpenPool other) {
        return one.driver().equals(other.driver())
                && one.settings().equals(other.settings())
                && one.secrets().equals(other.secrets());
    }

    /**
     * Uses the pool by another definition from now on, and remembers it.
     *
     * @throws FailureException when it cannot be used so; then it is used as before. With {@code anyway}, only when that cannot be
     *     taken over now
     */
    public PoolReport change(ChangePool request) {
        OpenPool to = request.pool();
        try (IdLocks.Held _ = locks.hold(to.poolId())) {
            AssignedPool known = assigned.get(to.poolId());
            if (known == null) {
                return open(to);
            }
            PoolReport report = known.change(to, request.anyway());
            remember();
            return report;
        }
    }

    private static PoolReport openFirst(AssignedPool pool) {
        try {
            return pool.open();
        } catch (FailureException e) {
            pool.close();
            throw e;
        }
    }

    /** Stops using the pool on this host; what it holds stays. Success when this host does not have it. */
    public void close(UUID poolId) {
        give(poolId, AssignedPool::close);
    }

    /**
     * Gives the pool's place back. Success when this host does not have it.
     *
     * @throws FailureException {@code CONFLICT} while it holds something
     */
    public void release(UUID poolId) {
        give(poolId, AssignedPool::release);
    }

    private void give(UUID poolId, Consumer<AssignedPool> end) {
        try (IdLocks.Held _ = locks.hold(poolId)) {
            AssignedPool pool = assigned.get(poolId);
            if (pool != null) {
                end.accept(pool);
                assigned.remove(poolId);
                remember();
            }
        }
    }

    private void remember() {
        memory.write(() -> assigned.values().stream().map(AssignedPool::request).toList());
    }

    /** @throws FailureException {@code NOT_FOUND} for a pool that this host does not have, {@code UNAVAILABLE} while it is not open */
    public StoragePool require(UUID poolId) {
        return get(poolId).require();
    }

    /**
     * Changes something in the pool when it is this caller's turn.
     *
     * @throws FailureException as {@link #require}; {@code UNAVAILABLE} also when the pool was busy until the deadline. What
     *     the storage says is translated
     */
    public <T> T change(UUID poolId, Instant deadline, Function<StoragePool, T> work) {
        return get(poolId).change(deadline, work);
    }

    private AssignedPool get(UUID poolId) {
        return Optional.ofNullable(assigned.get(poolId))
                .orElseThrow(() -> FailureException.notFound("This host does not have the pool " + poolId + "."));
    }

    /** Empty while it is not open, and for one that this host does not have. */
    public Optional<StoragePool> find(UUID poolId) {
        return Optional.ofNullable(assigned.get(poolId))
                .filter(AssignedPool::isOpen)
                .map(AssignedPool::require);
    }

    /** Those that can be used, as far as is known. */
    public List<StoragePool> usable() {
        return assigned.values().stream()
                .filter(pool -> pool.isOpen() && pool.report().usable())
                .map(AssignedPool::require)
                .toList();
    }

    /**
     * For whoever did not find a thing in {@link #usable} and may conclude from it that it is nowhere.
     *
     * @throws FailureException {@code UNAVAILABLE} while a pool that may hold it cannot be used
     */
    public void requireAll() {
        for (AssignedPool pool : assigned.values()) {
            if (!pool.report().usable()) {
                throw pool.unavailable();
            }
        }
    }

    /** What is known of each pool; asks nobody. */
    public List<PoolReport> reports() {
        return assigned.values().stream().map(AssignedPool::report).toList();
    }
}
