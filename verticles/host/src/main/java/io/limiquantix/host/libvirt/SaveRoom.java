package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the memory of one guest more fits where libvirt keeps it.
 *
 * @param folder as libvirt has it
 */
public record SaveRoom(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(SaveRoom.class);
    /** The state of a machine's devices, its screen above all. */
    private static final long DEVICES = 64L << 20;

    private static final int MEBIBYTE = 20;

    /**
     * Where nobody can say how much is free, libvirt is left to try.
     *
     * @param bytes of memory that the guest has
     * @param promised to others, which are being written now
     * @param instead what people can do without it
     * @throws FailureException {@code NO_CAPACITY}
     */
    void require(long bytes, long promised, String instead) {
        long needed = bytes + DEVICES;
        long free;
        try {
            free = Files.getFileStore(folder).getUsableSpace() - promised;
        } catch (IOException e) {
            LOG.warn(
                    "how much is free in {} cannot be read; the memory of a guest is written there all the same",
                    folder,
                    e);
            return;
        }
        if (free < needed) {
            throw FailureException.of(
                    FailureCode.NO_CAPACITY,
                    "The guest's memory does not fit on its host: " + folder + " has room for "
                            + (Math.max(0, free) >> MEBIBYTE) + " MiB more, and up to " + (needed >> MEBIBYTE)
                            + " MiB are written. Make room there, or " + instead + ".");
        }
    }
}
