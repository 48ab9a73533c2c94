package io.limiquantix.storage.driver;

import java.util.UUID;

/**
 * A volume to be made.
 *
 * @param sizeBytes what the guest sees, at least that of its origin
 * @param origin what it begins with
 * @param independent whether it must not depend on its origin; else it shares blocks with it where the pool is able to
 * @param preallocation for a volume of zeroes; one with an origin takes what the origin takes
 */
public record VolumeRequest(
        UUID id,
        VolumeFormat format,
        long sizeBytes,
        VolumeOrigin origin,
        boolean independent,
        Preallocation preallocation) {

    /** What the API takes, too; LVM, RBD and qcow2 can all have it. */
    private static final long MOST_BYTES = 64L << 40;

    /** @throws StorageException {@code INVALID} for a size that no volume can have */
    public static void checkSize(long bytes) {
        if (bytes <= 0 || bytes > MOST_BYTES) {
            throw StorageException.invalid(
                    "sizeBytes", "A volume's size must be from 1 byte to 64 TiB, not " + bytes + " bytes.");
        }
    }

    public static VolumeRequest empty(UUID id, VolumeFormat format, long sizeBytes) {
        return new VolumeRequest(id, format, sizeBytes, new VolumeOrigin.Zeroes(), false, Preallocation.THIN);
    }

    /** A thin volume that shares blocks with its origin where the pool is able to. */
    public static VolumeRequest of(UUID id, VolumeFormat format, long sizeBytes, VolumeOrigin origin) {
        return new VolumeRequest(id, format, sizeBytes, origin, false, Preallocation.THIN);
    }

    public VolumeRequest asIndependent() {
        return new VolumeRequest(id, format, sizeBytes, origin, true, preallocation);
    }

    public VolumeRequest preallocated(Preallocation how) {
        return new VolumeRequest(id, format, sizeBytes, origin, independent, how);
    }
}
