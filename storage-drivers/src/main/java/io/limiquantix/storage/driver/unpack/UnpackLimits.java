package io.limiquantix.storage.driver.unpack;

import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;

/**
 * How much may come out of a compressed file. Disks are mostly zeroes, which compress to nothing and take no room as holes; so the
 * ratio is about the rest.
 *
 * @param maxBytes of the unpacked file
 * @param packedBytes of the compressed one
 */
record UnpackLimits(long maxBytes, long packedBytes, PoolRoom room) {
    /** Beyond what any disk comes to. */
    private static final long MOST_RATIO = 1000;

    private static final long LOOK_EVERY = 64L << 20;
    private static final long ANY_RATIO_BELOW = 1L << 30;

    /** @throws StorageException {@code INVALID}, {@code NO_SPACE} */
    void require(SparseFile file) throws IOException {
        if (file.length() > maxBytes) {
            throw StorageException.invalid(
                    "file",
                    "The file unpacks to more than " + maxBytes
                            + " bytes, which is more than the largest disk of this host needs.");
        }
        if (file.data() > ANY_RATIO_BELOW && file.data() / MOST_RATIO > packedBytes) {
            throw StorageException.invalid(
                    "file",
                    "The file unpacks to more than a thousand times its size, not counting zeroes: that is no disk.");
        }
    }

    /**
     * How many bytes more can be written before this is to be asked again.
     *
     * @throws StorageException {@code NO_SPACE}
     */
    long requireRoom() throws IOException {
        return Math.min(room.require(), LOOK_EVERY);
    }
}
