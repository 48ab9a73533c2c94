package io.limiquantix.bus.storage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a volume held at a moment.
 *
 * @param sizeBytes the size that the volume had
 * @param vmSnapshotId the snapshot of a whole VM that it is a part of, with which it is gone back to and deleted; absent: none
 */
public record SnapshotView(
        UUID id,
        UUID volumeId,
        String name,
        long sizeBytes,
        State state,
        @Nullable UUID vmSnapshotId,
        Instant createdAt,
        long version) {

    public enum State {
        CREATING,
        READY,
        DELETING
    }
}
