package io.limiquantix.bus.storage;

import io.limiquantix.bus.host.VolumeOrigin;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A volume.
 *
 * @param hostId where it lies, for a pool that is not shared
 * @param origin what it began with
 * @param independent whether it shares no blocks with that
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
        VolumeOrigin origin,
        boolean independent,
        int snapshotCount,
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
