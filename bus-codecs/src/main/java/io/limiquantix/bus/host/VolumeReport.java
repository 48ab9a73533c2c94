package io.limiquantix.bus.host;

import java.util.UUID;

/**
 * A volume as its host has it.
 *
 * @param path what a domain's disk points at
 * @param sizeBytes what a guest sees
 * @param allocatedBytes what it takes in the pool now
 */
public record VolumeReport(UUID volumeId, String path, String format, long sizeBytes, long allocatedBytes) {}
