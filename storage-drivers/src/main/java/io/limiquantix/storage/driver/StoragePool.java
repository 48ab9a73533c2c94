package io.limiquantix.storage.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The folder of this host below which its volumes are files, absolute; empty where they are none. */
    default Optional<Path> folder() {
        return Optional.empty();
    }

    /** How files of this host become volumes of the pool where they are; empty where they cannot. */
    default Optional<Takeovers> takeovers() {
        return Optional.empty();
    }

    /** What the hypervisor of this host has to know before a domain can use the pool. */
    default List<HypervisorSecret> hypervisorSecrets() {
        return List.of();
    }

    /**
     * Reaches the storage once with other settings, and changes nothing: volumes in use and work under way go on as they are. Where
     * that cannot be tried beside them, only what the settings say is checked.
     *
     * @param settings all of them; those that are not {@link Setting#changeable} are as they were
     * @throws StorageException {@code INVALID} for settings that are not acceptable, else why the storage is not reached so
     */
    default void tryOut(Map<String, String> settings) {
        throw cannotChange();
    }

    /**
     * Goes on with other settings, also such as do not work at the moment: it is the way back too. Volumes stay in use, and work
     * that is under way ends as it began or goes on with the new ones; there is no moment in which the pool has neither.
     *
     * @param settings as {@link #tryOut} has them
     * @throws StorageException {@code CONFLICT} when that is not possible while the pool is used so, else why it is not possible
     *     now; then all is as it was
     */
    default void change(Map<String, String> settings) {
        throw cannotChange();
    }

    private static StorageException cannotChange() {
        return StorageException.conflict("The pool's driver cannot change settings of a pool that is open.");
    }

    /** The same bytes as they are reached by the settings of now; what is not in this pool stays as it is. */
    default DiskSource reachedNow(DiskSource disk) {
        return disk;
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
