package io.limiquantix.images;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code images}.
 *
 * @param maxUploadBytes a larger upload is cut off, 1 TiB when absent
 * @param catalogues a folder with catalogues of images, absent for none
 * @param catalogueHours how long until catalogues are read again, 24 when absent
 * @param cacheBytes how much of a pool copies may take that were made because a VM needed them, no limit when absent
 */
public record ImagesConfig(
        @Nullable Long maxUploadBytes,
        @Nullable Path catalogues,
        @Nullable Integer catalogueHours,
        @Nullable Long cacheBytes) {
    private static final long DEFAULT_MAX_UPLOAD_BYTES = 1L << 40;
    private static final int DEFAULT_CATALOGUE_HOURS = 24;

    public ImagesConfig {
        if (catalogues != null && !catalogues.isAbsolute()) {
            throw new IllegalArgumentException("images.catalogues must be an absolute path.");
        }
        if (catalogueHours != null && catalogueHours < 1) {
            throw new IllegalArgumentException("images.catalogueHours must be at least 1.");
        }
        if (cacheBytes != null && cacheBytes < 0) {
            throw new IllegalArgumentException("images.cacheBytes must not be negative.");
        }
    }

    long largestUpload() {
        return maxUploadBytes == null ? DEFAULT_MAX_UPLOAD_BYTES : maxUploadBytes;
    }

    Duration cataloguePause() {
        return Duration.ofHours(catalogueHours == null ? DEFAULT_CATALOGUE_HOURS : catalogueHours);
    }
}
