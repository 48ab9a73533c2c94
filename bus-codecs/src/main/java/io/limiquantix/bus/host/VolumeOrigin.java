package io.limiquantix.bus.host;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a new volume begins with, in the same pool: nothing but zeroes when all are absent, an image, another volume, or one of
 * that volume's snapshots.
 */
public record VolumeOrigin(
        @Nullable UUID imageId,
        @Nullable UUID volumeId,
        @Nullable UUID snapshotId) {
    public static final VolumeOrigin ZEROES = new VolumeOrigin(null, null, null);

    public VolumeOrigin {
        if (imageId != null && volumeId != null) {
            throw new IllegalArgumentException("a volume begins with an image or with a volume, not with both");
        }
        if (snapshotId != null && volumeId == null) {
            throw new IllegalArgumentException("a snapshot is named together with its volume");
        }
    }

    public static VolumeOrigin ofImage(@Nullable UUID imageId) {
        return new VolumeOrigin(imageId, null, null);
    }
}
