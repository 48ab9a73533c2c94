package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.storage.driver.StoragePool;

/** Whether a pool has room for a file that is to come. */
public final class PoolRoom {
    private PoolRoom() {}

    /** @throws FailureException {@code NO_CAPACITY} when it has not */
    public static void require(StoragePool pool, long bytes) {
        long free = StorageFailures.translate(() -> pool.capacity().freeBytes());
        if (free < bytes) {
            throw FailureException.of(
                    FailureCode.NO_CAPACITY,
                    "The file has " + bytes + " bytes and the pool has room for " + free + "; free some first.");
        }
    }
}
