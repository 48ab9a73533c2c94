package io.limiquantix.bus.storage;

import io.limiquantix.bus.host.VolumeOrigin;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A volume.
 *
 * @param hostId where it lies, for a pool that is not shared
 * @param origin what it began with
 * @param independent whether it shares no blocks with that
 * @param shareable whether several VMs may have it at once
 * @param attachments the VMs that have it, oldest first
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
        boolean shareable,
        List<Attachment> attachments,
        @Nullable String path,
        Instant createdAt,
        long version) {

    public VolumeView {
        attachments = List.copyOf(attachments);
    }

    /** The VM that has it, or the first one that got it where several may. */
    public @Nullable UUID vmId() {
        return attachments.isEmpty() ? null : attachments.getFirst().vmId();
    }

    /** A VM that has the volume as a disk, whether it runs or not. */
    public record Attachment(UUID vmId, boolean readOnly) {}

    public enum State {
        CREATING,
        READY,
        DELETING
    }
}
