package io.limiquantix.host.domain;

import io.limiquantix.storage.driver.DiskSource;

/**
 * Where a disk's bytes lie on this host.
 *
 * @param direct whether QEMU goes past the host's page cache
 */
public record PlacedDisk(DiskSource source, boolean direct) {}
