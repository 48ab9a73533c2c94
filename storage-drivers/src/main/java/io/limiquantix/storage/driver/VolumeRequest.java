package io.limiquantix.storage.driver;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A volume to be made.
 *
 * @param sizeBytes what the guest sees, at least the image's virtual size
 * @param imageId what it begins with; absent: zeroes
 */
public record VolumeRequest(
        UUID id,
        VolumeFormat format,
        long sizeBytes,
        @Nullable UUID imageId) {}
