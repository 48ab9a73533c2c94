package io.limiquantix.bus.host;

import org.jspecify.annotations.Nullable;

/**
 * What the file was that an image was made of by unpacking or converting.
 *
 * @param format {@code qcow2}, {@code raw}, {@code iso}, {@code vmdk}, {@code vhd}, {@code vhdx}, {@code vdi}, {@code qed} or
 *     {@code ova}
 * @param compression {@code gzip}, {@code xz}, {@code zstd} or {@code bzip2}; absent where it was not compressed
 * @param sha256 of the file as it came, hexadecimal
 */
public record CameAs(String format, @Nullable String compression, String sha256, long fileBytes) {}
