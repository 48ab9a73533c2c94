package io.limiquantix.bus.host;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An image that was checked and admitted.
 *
 * @param sha256 of the file's bytes, hexadecimal
 * @param virtualSizeBytes the disk that it describes
 * @param iso what it says of itself, where it is an ISO and that could be read
 */
public record ImageReport(
        UUID imageId,
        String sha256,
        long fileBytes,
        String format,
        long virtualSizeBytes,
        @Nullable IsoReport iso) {
    /** Of an image that says nothing of itself. */
    public ImageReport(UUID imageId, String sha256, long fileBytes, String format, long virtualSizeBytes) {
        this(imageId, sha256, fileBytes, format, virtualSizeBytes, null);
    }
}
