package io.limiquantix.storage.driver;

import java.util.Set;

/**
 * What a pool is able to do.
 *
 * @param shared whether several hosts see the same volumes
 * @param instantClone whether a volume made from an image shares the image's blocks without depending on its file
 * @param liveSnapshots whether a snapshot can be made and deleted while a domain uses the volume
 * @param volumeFormats what a volume can be
 * @param snapshotFormats which of them can have snapshots
 * @param sizeUnitBytes what sizes are rounded up to
 */
public record StorageCapabilities(
        boolean shared,
        boolean instantClone,
        boolean liveSnapshots,
        Set<VolumeFormat> volumeFormats,
        Set<VolumeFormat> snapshotFormats,
        long sizeUnitBytes) {
    public StorageCapabilities {
        volumeFormats = Set.copyOf(volumeFormats);
        snapshotFormats = Set.copyOf(snapshotFormats);
    }

    /** What a volume of at least this size has. */
    public long roundedUp(long bytes) {
        return Math.ceilDiv(bytes, sizeUnitBytes) * sizeUnitBytes;
    }
}
