package io.limiquantix.bus.storage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file with what a volume, an image or a virtual machine held, for people to fetch.
 *
 * @param origin what it was asked for of
 * @param volumeId the volume that it is of, absent for images and appliances
 * @param hostId where the file lies
 * @param bytes of the file, 0 until it is whole
 * @param sha256 of those, hexadecimal; absent until it is whole
 * @param expiresAt when it is deleted, absent until it is whole
 */
public record ExportView(
        UUID id,
        ExportOrigin origin,
        @Nullable UUID volumeId,
        @Nullable UUID snapshotId,
        String fileName,
        String format,
        UUID hostId,
        State state,
        long bytes,
        @Nullable String sha256,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    public enum State {
        MAKING,
        READY
    }
}
