package io.limiquantix.storage.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Files of this host that become volumes of a pool where they are, while a domain has them open: each gets a second name among the
 * volumes, and not one byte moves.
 */
public interface Takeovers {
    /**
     * Whether the file can get a second name in the pool, so that it lies on the same file system.
     *
     * @param file absolute, without symbolic links
     */
    boolean reaches(Path file);

    /** The volume that the file is by its name among the pool's own; empty for any other file. */
    Optional<UUID> named(Path file);

    /**
     * What keeps the file from being a volume as it is, in sentences that say what to do.
     *
     * @param file absolute, without symbolic links
     */
    List<String> obstacles(Path file, VolumeFormat format);

    /**
     * Makes the file a volume; the same file asked for again is the volume that it is.
     *
     * @param file absolute, without symbolic links
     * @throws StorageException {@code CONFLICT} with what is in the way
     */
    Volume take(Path file, UUID id, VolumeFormat format);

    /**
     * Gives up a volume without a byte of it: where its file has another name, it loses that of the volume. The last name of a file
     * stays. Success when there is no such volume.
     */
    void letGo(UUID id);
}
