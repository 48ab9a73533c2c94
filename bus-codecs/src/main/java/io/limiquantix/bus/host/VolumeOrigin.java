package io.limiquantix.bus.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a new volume begins with, in the same pool: nothing but zeroes when all are absent, an image, another volume, or one of
 * that volume's snapshots. {@link #contradiction} finds the others.
 *
 * @param linked whether it is to share blocks with the snapshot, which can then be deleted only after it where the storage wants that
 */
public record VolumeOrigin(
        @Nullable UUID imageId,
        @Nullable UUID volumeId,
        @Nullable UUID snapshotId,
        @JsonInclude(Include.NON_DEFAULT) boolean linked) {
    public static final VolumeOrigin ZEROES = new VolumeOrigin(null, null, null);

    public VolumeOrigin(@Nullable UUID imageId, @Nullable UUID volumeId, @Nullable UUID snapshotId) {
        this(imageId, volumeId, snapshotId, false);
    }

    /** Copy on write above a snapshot. */
    public static VolumeOrigin linkedTo(UUID volumeId, UUID snapshotId) {
        return new VolumeOrigin(null, volumeId, snapshotId, true);
    }

    public static VolumeOrigin ofImage(@Nullable UUID imageId) {
        return new VolumeOrigin(imageId, null, null);
    }

    /** What is wrong with it, in a sentence, if it is none of these. */
    public Optional<String> contradiction() {
        if (imageId != null && volumeId != null) {
            return Optional.of("A volume begins with an image or with a volume, not with both.");
        }
        if (snapshotId != null && volumeId == null) {
            return Optional.of("Say of which volume the snapshot is.");
        }
        return Optional.empty();
    }
}
