package io.limiquantix.images.copies;

import io.limiquantix.bus.images.ImageView.CopyState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A copy as it is stored.
 *
 * @param id what its tasks work on
 * @param kept whether a person put it there
 * @param sha256 of its file, hexadecimal; in a pool of disks, of the file that the disk was filled from; absent while it arrives
 * @param bytes of its file
 */
record StoredCopy(
        UUID id,
        UUID imageId,
        UUID poolId,
        UUID hostId,
        CopyState state,
        boolean kept,
        @Nullable String sha256,
        long bytes,
        Instant lastUsedAt) {
    boolean isReady() {
        return state == CopyState.READY;
    }
}
