package io.limiquantix.bus.storage;

import java.time.Instant;
import java.util.UUID;

/**
 * What a volume held at a moment.
 *
 * @param sizeBytes the size that the volume had
 */
public record SnapshotView(
        UUID id, UUID volumeId, String name, long sizeBytes, State state, Instant createdAt, long version) {

    public enum State {
        CREATING,
        READY,
        DELETING
    }
}
