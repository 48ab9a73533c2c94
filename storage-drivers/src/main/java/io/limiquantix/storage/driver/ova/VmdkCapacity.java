package io.limiquantix.storage.driver.ova;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How large the disk of a VMDK file is that was made here, see VMware's "Virtual Disk Format 5.0", "Hosted Sparse Extent Header". */
final class VmdkCapacity {
    private static final int CAPACITY_AT = 12;
    private static final int SECTOR = 512;

    private VmdkCapacity() {}

    /** In bytes. */
    static long read(Path file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            while (header.hasRemaining() && in.read(header, header.position()) > 0) {}
        }
        if (header.hasRemaining()) {
            throw new IOException("the disk that was made has no header");
        }
        return header.getLong(CAPACITY_AT) * SECTOR;
    }
}
