package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.OpenPool;
import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.storage.driver.Capacity;
import io.limiquantix.storage.driver.StorageCapabilities;
import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pools of this host. Which ones are open is remembered and they are opened again at the next start; one that cannot be
 * opened stays known with its problem, and is tried again each time it is reported. Safe for any thread.
 */
public final class OpenPools {
    private static final Logger LOG = LoggerFactory.getLogger(OpenPools.class);

    private final StorageSurroundings surroundings;
    private final PoolMemory memory;
    private final Map<String, StorageDriver> drivers;
    private final Map<UUID, OpenPool> wanted = new ConcurrentHashMap<>();
    private final Map<UUID, StoragePool> open = new ConcurrentHashMap<>();
    private final Map<UUID, String> problems = new ConcurrentHashMap<>();

    public OpenPools(StorageSurroundings surroundings, PoolMemory memory) {
        this.surroundings = surroundings;
        this.memory = memory;
        this.drivers = ServiceLoader.load(StorageDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(StorageDriver::name, Function.identity(), (a, b) -> a, TreeMap::new));
    }

    /** Opens what was open before. */
    public void reopen() {
        for (OpenPool pool : memory.read()) {
            wanted.put(pool.poolId(), pool);
            tryOpen(pool);
        }
    }

    /**
     * Opens the pool and remembers it.
     *
     * @throws FailureException when it cannot be opened; then it is known only if it was before, though the driver may have
     *     marked its place as this pool's
     */
    public synchronized PoolReport open(OpenPool request) {
        OpenPool known = wanted.get(request.poolId());
        if (known != null && !known.equals(request)) {
            throw FailureException.conflict(
                    "The pool " + request.poolId() + " is known on this host with other settings.");
        }
        if (!open.containsKey(request.poolId())) {
            StorageDriver driver = Optional.ofNullable(drivers.get(request.driver()))
                    .orElseThrow(() -> FailureException.invalid(
                            "driver",
                            "No storage driver is called " + request.driver() + "; there are: "
                                    + String.join(", ", drivers.keySet()) + "."));
            StoragePool pool = StorageFailures.translate(
                    () -> driver.open(request.poolId(), SecretSettings.joined(driver, request), surroundings));
            open.put(request.poolId(), pool);
            problems.remove(request.poolId());
        }
        wanted.put(request.poolId(), request);
        memory.write(wanted.values());
        return report(request.poolId());
    }

    private void tryOpen(OpenPool pool) {
        try {
            open(pool);
        } catch (FailureException e) {
            LOG.warn(
                    "the pool {} cannot be opened: {}",
                    pool.poolId(),
                    e.failure().message());
            problems.put(pool.poolId(), e.failure().message());
        }
    }

    /** @throws FailureException {@code CONFLICT} while it holds something */
    public synchronized void close(UUID poolId) {
        StoragePool pool = open.get(poolId);
        if (pool != null) {
            StorageFailures.translate(() -> {
                pool.release();
                pool.close();
                return pool;
            });
            open.remove(poolId);
        }
        wanted.remove(poolId);
        problems.remove(poolId);
        memory.write(wanted.values());
    }

    /** @throws FailureException {@code NOT_FOUND} for a pool that this host does not know, {@code UNAVAILABLE} while it is not open */
    public StoragePool require(UUID poolId) {
        StoragePool pool = open.get(poolId);
        if (pool == null) {
            if (wanted.containsKey(poolId)) {
                throw notOpen(poolId);
            }
            throw FailureException.notFound("This host does not have the pool " + poolId + ".");
        }
        return pool;
    }

    /**
     * For whoever did not find a thing and may conclude from it that it is nowhere.
     *
     * @throws FailureException {@code UNAVAILABLE} while a pool that may hold it is not open
     */
    public void requireAll() {
        for (UUID poolId : wanted.keySet()) {
            if (!open.containsKey(poolId)) {
                throw notOpen(poolId);
            }
        }
    }

    private FailureException notOpen(UUID poolId) {
        return FailureException.of(
                FailureCode.UNAVAILABLE,
                "The pool " + poolId + " cannot be used on this host now, and is tried again with each report: "
                        + problem(poolId));
    }

    private String problem(UUID poolId) {
        return problems.getOrDefault(poolId, "It is not open.");
    }

    /** The volume that a disk is to point at, wherever it lies. */
    public Optional<Volume> findVolume(UUID volumeId) {
        return open.values().stream()
                .flatMap(pool -> pool.volumes().find(volumeId).stream())
                .findFirst();
    }

    public List<StoragePool> all() {
        return List.copyOf(open.values());
    }

    /** What each known pool says now; one that is not open is tried again. */
    public List<PoolReport> reports() {
        List<PoolReport> reports = new ArrayList<>();
        for (OpenPool pool : wanted.values()) {
            if (!open.containsKey(pool.poolId())) {
                tryOpen(pool);
            }
            reports.add(report(pool.poolId()));
        }
        return reports;
    }

    private PoolReport report(UUID poolId) {
        StoragePool pool = open.get(poolId);
        if (pool == null) {
            return unusable(poolId, problem(poolId));
        }
        try {
            Capacity capacity = pool.capacity();
            return new PoolReport(
                    poolId, true, capacity.totalBytes(), capacity.freeBytes(), null, abilities(pool.capabilities()));
        } catch (StorageException e) {
            LOG.warn("the pool {} does not answer", poolId, e);
            return unusable(poolId, String.valueOf(e.getMessage()));
        }
    }

    private static PoolAbilities abilities(StorageCapabilities capabilities) {
        return new PoolAbilities(
                capabilities.shared(),
                capabilities.liveSnapshots(),
                labels(capabilities.volumeFormats()),
                labels(capabilities.snapshotFormats()),
                capabilities.sizeUnitBytes());
    }

    /** As the constants are declared: the one that is usual where both can be is the first. */
    private static List<String> labels(Set<VolumeFormat> formats) {
        return formats.stream().sorted().map(VolumeFormat::label).toList();
    }

    private static PoolReport unusable(UUID poolId, String problem) {
        return new PoolReport(poolId, false, 0, 0, problem, null);
    }
}
