package io.limiquantix.bus.storage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file with what a volume held, for people to fetch.
 *
 * @param hostId where the file lies
 * @param bytes of the file, 0 until it is whole
 * @param expiresAt when it is deleted, absent until it is whole
 */
public record ExportView(
        UUID id,
        UUID volumeId,
        @Nullable UUID snapshotId,
        String fileName,
        String format,
        UUID hostId,
        State state,
        long bytes,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    public enum State {
        MAKING,
        READY
    }
}
