package io.limiquantix.storage.driver.ova;

import org.jspecify.annotations.Nullable;

/**
 * A file that a description refers to.
 *
 * @param name only compared with those of the archive's members
 * @param bytes absent where nothing is said
 */
record DescribedFile(String name, @Nullable Long bytes, boolean isGzip) {}
