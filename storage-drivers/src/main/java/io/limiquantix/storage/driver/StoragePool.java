package io.limiquantix.storage.driver;

import java.util.UUID;

/** An open pool. Safe for use by many threads; calls block. */
public interface StoragePool extends AutoCloseable {
    UUID id();

    StorageCapabilities capabilities();

    /** How much there is and how much of it is free, as the storage says now. */
    Capacity capacity();

    Volumes volumes();

    Images images();

    Seeds seeds();

    /**
     * Gives the place back: whatever marks it as this pool's is removed.
     *
     * @throws StorageException {@code CONFLICT} while it holds volumes, images or seeds
     */
    void release();

    /** Stops using the pool; what it holds stays. */
    @Override
    void close();
}
