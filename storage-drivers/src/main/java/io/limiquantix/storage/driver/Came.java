package io.limiquantix.storage.driver;

import org.jspecify.annotations.Nullable;

/**
 * What the file was that an image was made of by unpacking or converting.
 *
 * @param compression absent for a file that was not compressed
 * @param sha256 of the file as it came, lower case hexadecimal
 * @param bytes how many it had
 */
public record Came(ArrivalFormat format, @Nullable Compression compression, String sha256, long bytes) {}
