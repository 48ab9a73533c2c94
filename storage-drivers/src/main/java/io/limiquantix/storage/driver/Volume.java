package io.limiquantix.storage.driver;

import java.util.UUID;

/**
 * A volume as the pool has it.
 *
 * @param path what a domain's disk points at
 * @param sizeBytes what a guest sees
 * @param allocatedBytes what it takes in the pool now
 */
public record Volume(UUID id, String path, VolumeFormat format, long sizeBytes, long allocatedBytes) {}
