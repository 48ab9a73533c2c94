package io.limiquantix.storage.driver;

import java.util.List;
import java.util.UUID;

/** An open pool. Safe for use by many threads; calls block. */
public interface StoragePool extends AutoCloseable {
    UUID id();

    StorageCapabilities capabilities();

    /**
     * How much there is and how much of it is free, as the storage says now. It is also the pool's check of health: it
     * answers or fails within ten seconds, whatever became of the storage, and brings back what can be brought back.
     */
    Capacity capacity();

    Volumes volumes();

    Snapshots snapshots();

    Images images();

    Seeds seeds();

    /** What the hypervisor of this host has to know before a domain can use the pool. */
    default List<HypervisorSecret> hypervisorSecrets() {
        return List.of();
    }

    /**
     * Gives the place back: whatever marks it as this pool's is removed.
     *
     * @throws StorageException {@code CONFLICT} while it holds volumes, images or seeds
     */
    void release();

    /** Stops using the pool on this host; what it holds stays. */
    @Override
    void close();
}
