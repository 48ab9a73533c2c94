package io.limiquantix.bus.storage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A volume.
 *
 * @param hostId where it lies, for a pool that is not shared
 * @param vmId the VM that it belongs to
 * @param path on the host, absent until it is made
 */
public record VolumeView(
        UUID id,
        UUID poolId,
        @Nullable UUID hostId,
        String name,
        String format,
        long sizeBytes,
        long allocatedBytes,
        State state,
        @Nullable UUID imageId,
        @Nullable UUID vmId,
        @Nullable String path,
        Instant createdAt,
        long version) {

    public enum State {
        CREATING,
        READY,
        DELETING
    }
}
