package io.limiquantix.images;

import org.jspecify.annotations.Nullable;

/**
 * The section {@code images}.
 *
 * @param maxUploadBytes a larger upload is cut off, 1 TiB when absent
 */
public record ImagesConfig(@Nullable Long maxUploadBytes) {
    private static final long DEFAULT_MAX_UPLOAD_BYTES = 1L << 40;

    long largestUpload() {
        return maxUploadBytes == null ? DEFAULT_MAX_UPLOAD_BYTES : maxUploadBytes;
    }
}
