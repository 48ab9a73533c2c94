package io.limiquantix.storage.driver;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A kind of storage. Implementations are stateless and have a public constructor without parameters. */
public interface StorageDriver {
    /** What a pool names to choose this driver, for instance {@code local}. */
    String name();

    /** The settings that {@link #open} understands, in the order in which a person is asked for them; others are refused. */
    List<Setting> settings();

    /**
     * Makes the pool usable and removes what a killed process left half made. Opening what is open already is the
     * caller's mistake: there is one {@link StoragePool} object per pool and process.
     *
     * @throws StorageException {@code INVALID} for settings that are not acceptable, {@code CONFLICT} for a place that
     *     belongs to something else, {@code FAILED} when the storage does not work
     */
    StoragePool open(UUID poolId, Map<String, String> settings, StorageSurroundings surroundings);
}
