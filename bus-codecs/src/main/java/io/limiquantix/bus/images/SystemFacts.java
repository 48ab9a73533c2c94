package io.limiquantix.bus.images;

import io.limiquantix.bus.images.OperatingSystem.Family;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import org.jspecify.annotations.Nullable;

/**
 * What one source says of the system in an image; what is absent is not said.
 *
 * @param distribution as in {@code Debian}; without it there is neither family nor version
 * @param leastMemoryBytes that it needs
 * @param firmware the only one that it boots with
 * @param virtio whether it has drivers for virtio devices by itself
 */
public record SystemFacts(
        @Nullable Family family,
        @Nullable String distribution,
        @Nullable String version,
        @Nullable Long leastMemoryBytes,
        @Nullable Firmware firmware,
        @Nullable Boolean virtio) {

    public static final SystemFacts NOTHING = new SystemFacts(null, null, null, null, null, null);

    /** Which system it is, and nothing of what it needs. */
    public static SystemFacts of(Family family, String distribution, @Nullable String version) {
        return new SystemFacts(family, distribution, version, null, null, null);
    }

    public boolean sayNothing() {
        return family == null
                && distribution == null
                && version == null
                && leastMemoryBytes == null
                && firmware == null
                && virtio == null;
    }
}
