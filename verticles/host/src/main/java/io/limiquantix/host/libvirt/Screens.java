package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.UUID;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.Stream;

/** What guests show on their first screen. */
public final class Screens {
    private static final int FIRST_SCREEN = 0;
    private static final int BLOCK_BYTES = 64 << 10;
    /** More than the largest screen that QEMU's cards have, uncompressed. */
    private static final int MOST_BYTES = 64 << 20;

    private final LibvirtConnection connection;

    public Screens(LibvirtConnection connection) {
        this.connection = connection;
    }

    /**
     * A QEMU that hangs holds this call up as it does those to its agent, so the two share their threads. A picture of the screen as QEMU makes it: PNG, or PPM before QEMU 7.1.
     *
     * @throws FailureException {@code CONFLICT} when libvirt cannot take one, for instance because the domain has no screen
     */
    public byte[] shoot(UUID vmId, Instant deadline) {
        return connection.withAgent(vmId, "No picture of the screen could be taken", deadline, Screens::shoot);
    }

    private static byte[] shoot(Domain domain) throws LibvirtException {
        Stream stream = domain.getConnect().streamNew(0);
        try {
            String type = domain.screenshot(stream, FIRST_SCREEN);
            return readAll(stream, type);
        } finally {
            stream.free();
        }
    }

    private static byte[] readAll(Stream stream, String type) throws LibvirtException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK_BYTES];
        int count = stream.receive(block);
        while (count > 0 && all.size() < MOST_BYTES) {
            all.write(block, 0, count);
            count = stream.receive(block);
        }
        if (count > 0) {
            stream.abort();
            throw FailureException.conflict("The picture of the screen (" + type + ") is larger than any screen.");
        }
        stream.finish();
        return all.toByteArray();
    }
}
