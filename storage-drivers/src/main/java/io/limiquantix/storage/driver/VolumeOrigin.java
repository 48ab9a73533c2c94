package io.limiquantix.storage.driver;

import java.util.UUID;

/** What a new volume begins with; all of it lies in the same pool. */
public sealed interface VolumeOrigin {
    /** Nothing but zeroes, never the remains of another volume. */
    record Zeroes() implements VolumeOrigin {}

    record OfImage(UUID imageId) implements VolumeOrigin {}

    /** Another volume as it is now; it must not be written meanwhile. */
    record OfVolume(UUID volumeId) implements VolumeOrigin {}

    /**
     * @param linked whether the new volume is to share blocks with the snapshot wherever that is possible, also where the snapshot can
     *     then be deleted only after it
     */
    record OfSnapshot(UUID volumeId, UUID snapshotId, boolean linked) implements VolumeOrigin {
        /** Depending on it only where the storage makes such volumes anyway. */
        public OfSnapshot(UUID volumeId, UUID snapshotId) {
            this(volumeId, snapshotId, false);
        }
    }
}
