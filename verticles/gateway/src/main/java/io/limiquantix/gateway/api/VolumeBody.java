package io.limiquantix.gateway.api;

import io.limiquantix.bus.storage.VolumeView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A volume as the API shows it. */
public record VolumeBody(
        UUID id,
        UUID poolId,
        @Nullable UUID hostId,
        String name,
        String format,
        long sizeBytes,
        long allocatedBytes,
        VolumeView.State state,
        @Nullable UUID imageId,
        @Nullable UUID sourceVolumeId,
        @Nullable UUID sourceSnapshotId,
        boolean independent,
        int snapshotCount,
        boolean shareable,
        @Nullable UUID vmId,
        List<VolumeView.Attachment> attachments,
        @Nullable String path,
        Instant createdAt,
        long version) {

    public static VolumeBody of(VolumeView volume) {
        return new VolumeBody(
                volume.id(),
                volume.poolId(),
                volume.hostId(),
                volume.name(),
                volume.format(),
                volume.sizeBytes(),
                volume.allocatedBytes(),
                volume.state(),
                volume.origin().imageId(),
                volume.origin().volumeId(),
                volume.origin().snapshotId(),
                volume.independent(),
                volume.snapshotCount(),
                volume.shareable(),
                volume.vmId(),
                volume.attachments(),
                volume.path(),
                volume.createdAt(),
                volume.version());
    }
}
