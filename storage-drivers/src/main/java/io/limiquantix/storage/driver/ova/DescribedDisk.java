package io.limiquantix.storage.driver.ova;

import org.jspecify.annotations.Nullable;

/** @param file absent for a disk that begins empty */
record DescribedDisk(long capacityBytes, @Nullable DescribedFile file) {}
