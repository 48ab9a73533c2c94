package io.limiquantix.bus.host;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pool as one host sees it.
 *
 * @param capacityBytes of the file system or backend, 0 while not usable
 * @param problem why it is not usable, in a sentence
 * @param abilities absent while it is not open
 * @param definition by which of the pool's definitions the host uses it; absent where it does not say
 */
public record PoolReport(
        UUID poolId,
        boolean usable,
        long capacityBytes,
        long freeBytes,
        @Nullable String problem,
        @Nullable PoolAbilities abilities,
        @Nullable UUID definition) {
    /** Of a host that does not say by which definition it uses the pool. */
    public PoolReport(
            UUID poolId,
            boolean usable,
            long capacityBytes,
            long freeBytes,
            @Nullable String problem,
            @Nullable PoolAbilities abilities) {
        this(poolId, usable, capacityBytes, freeBytes, problem, abilities, null);
    }
}
