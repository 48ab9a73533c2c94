package io.limiquantix.storage.driver;

import java.util.UUID;

/** What a new volume begins with; all of it lies in the same pool. */
public sealed interface VolumeOrigin {
    /** Nothing but zeroes, never the remains of another volume. */
    record Zeroes() implements VolumeOrigin {}

    record OfImage(UUID imageId) implements VolumeOrigin {}

    /** Another volume as it is now; it must not be written meanwhile. */
    record OfVolume(UUID volumeId) implements VolumeOrigin {}

    record OfSnapshot(UUID volumeId, UUID snapshotId) implements VolumeOrigin {}
}
