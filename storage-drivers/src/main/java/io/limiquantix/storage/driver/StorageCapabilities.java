package io.limiquantix.storage.driver;

import java.util.Set;

/**
 * What a pool is able to do.
 *
 * @param shared whether several hosts see the same volumes
 * @param instantClone whether a volume made from an image shares the image's blocks without depending on its file
 * @param volumeFormats what a volume can be
 */
public record StorageCapabilities(boolean shared, boolean instantClone, Set<VolumeFormat> volumeFormats) {
    public StorageCapabilities {
        volumeFormats = Set.copyOf(volumeFormats);
    }
}
