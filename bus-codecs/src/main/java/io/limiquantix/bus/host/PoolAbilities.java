package io.limiquantix.bus.host;

import java.util.List;

/**
 * What a pool is able to do.
 *
 * @param shared whether its hosts see the same volumes; else each of them has volumes of its own
 * @param liveSnapshots whether a snapshot can be made while a domain uses the volume
 * @param volumeFormats what a volume can be, the usual one first
 * @param snapshotFormats which of them can have snapshots
 * @param sizeUnitBytes what sizes are rounded up to
 * @param imageFiles whether it keeps images as files, so that an ISO in it can be in a CD-ROM drive
 */
public record PoolAbilities(
        boolean shared,
        boolean liveSnapshots,
        List<String> volumeFormats,
        List<String> snapshotFormats,
        long sizeUnitBytes,
        boolean imageFiles) {
    public PoolAbilities {
        volumeFormats = List.copyOf(volumeFormats);
        snapshotFormats = List.copyOf(snapshotFormats);
    }

    /** Of one that keeps no files. */
    public PoolAbilities(
            boolean shared,
            boolean liveSnapshots,
            List<String> volumeFormats,
            List<String> snapshotFormats,
            long sizeUnitBytes) {
        this(shared, liveSnapshots, volumeFormats, snapshotFormats, sizeUnitBytes, false);
    }
}
