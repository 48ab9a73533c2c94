package io.limiquantix.storage.driver;

import java.util.UUID;

/**
 * An image that was checked.
 *
 * @param sha256 of its file's bytes, lower case hexadecimal: those that arrived, or what they were unpacked or converted to
 * @param virtualSizeBytes the disk that it describes
 */
public record Image(UUID id, ImageFormat format, String sha256, long fileBytes, long virtualSizeBytes) {}
