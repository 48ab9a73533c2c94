package io.limiquantix.storage.driver;

import java.util.UUID;

/**
 * An image that was checked.
 *
 * @param sha256 of the bytes as they arrived, lower case hexadecimal
 * @param virtualSizeBytes the disk that it describes
 */
public record Image(UUID id, ImageFormat format, String sha256, long fileBytes, long virtualSizeBytes) {}
