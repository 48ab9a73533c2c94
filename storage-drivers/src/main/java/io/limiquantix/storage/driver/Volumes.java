package io.limiquantix.storage.driver;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The volumes of one pool. */
public interface Volumes {
    /**
     * Makes the volume, or answers the one that is there when it fits the request.
     *
     * @throws StorageException {@code NOT_FOUND} without the image, {@code INVALID} for a size below the image's,
     *     {@code CONFLICT} when a volume of that id is there and differs, {@code NO_SPACE}
     */
    Volume create(VolumeRequest request);

    /**
     * Grows a volume that no domain uses; the size it has already is success.
     *
     * @throws StorageException {@code NOT_FOUND}, {@code INVALID} for a smaller size, {@code CONFLICT} while in use
     */
    Volume grow(UUID id, long sizeBytes);

    /** Deletes the volume; success when there is none. */
    void delete(UUID id);

    Optional<Volume> find(UUID id);

    List<Volume> list();
}
