package io.limiquantix.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code storage}.
 *
 * @param maxUploadBytes a larger upload is cut off, 1 TiB when absent
 * @param transferHours how long an export is kept, and an upload waited for; 24 when absent
 */
record StorageConfig(
        @Nullable Long maxUploadBytes, @Nullable Integer transferHours) {
    private static final long DEFAULT_MAX_UPLOAD_BYTES = 1L << 40;
    private static final int DEFAULT_TRANSFER_HOURS = 24;

    long largestUpload() {
        return maxUploadBytes == null ? DEFAULT_MAX_UPLOAD_BYTES : maxUploadBytes;
    }

    Duration transfersKept() {
        return Duration.ofHours(transferHours == null ? DEFAULT_TRANSFER_HOURS : transferHours);
    }
}
