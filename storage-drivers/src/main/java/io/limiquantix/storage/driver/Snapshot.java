package io.limiquantix.storage.driver;

import java.util.UUID;

/**
 * A volume's contents at a moment.
 *
 * @param sizeBytes the size that the volume had
 * @param depended whether volumes share blocks with it, so that it can be neither deleted nor taken from them
 */
public record Snapshot(UUID id, UUID volumeId, long sizeBytes, boolean depended) {}
