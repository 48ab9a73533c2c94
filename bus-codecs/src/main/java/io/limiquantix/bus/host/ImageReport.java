package io.limiquantix.bus.host;

import java.util.UUID;

/**
 * An image that was checked and admitted.
 *
 * @param sha256 of the file's bytes, hexadecimal
 * @param virtualSizeBytes the disk that it describes
 */
public record ImageReport(UUID imageId, String sha256, long fileBytes, String format, long virtualSizeBytes) {}
