package io.limiquantix.storage.driver;

import java.util.UUID;

/**
 * A volume as the pool has it.
 *
 * @param source what a domain's disk points at
 * @param sizeBytes what a guest sees; where the storage has a unit, the size that was asked for rounded up to it
 * @param allocatedBytes what it takes in the pool now, blocks that it shares with others left out where the storage tells
 */
public record Volume(UUID id, DiskSource source, VolumeFormat format, long sizeBytes, long allocatedBytes) {
    /** {@link DiskSource#label} of its source. */
    public String path() {
        return source.label();
    }
}
