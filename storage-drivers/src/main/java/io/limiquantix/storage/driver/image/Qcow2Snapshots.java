package io.limiquantix.storage.driver.image;

import io.limiquantix.storage.driver.StorageException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The internal snapshots of a qcow2 file, as QEMU's docs/interop/qcow2.txt describes their table. */
public final class Qcow2Snapshots {
    private static final int HEADER_LENGTH = 72;
    private static final int COUNT_AT = 60;
    private static final int TABLE_AT = 64;
    private static final int VIRTUAL_SIZE_AT = 24;
    /** QEMU's own limit. */
    private static final int MOST = 65_536;

    private static final int ENTRY_LENGTH = 40;
    private static final int ID_LENGTH_AT = 12;
    private static final int NAME_LENGTH_AT = 14;
    private static final int EXTRA_LENGTH_AT = 36;
    private static final int DISK_SIZE_AT = ENTRY_LENGTH + 8;
    private static final int EXTRA_WITH_DISK_SIZE = 16;
    private static final int MOST_EXTRA = 1024;

    private Qcow2Snapshots() {}

    /** @param diskBytes the virtual size that the disk had */
    public record Entry(String name, long diskBytes) {}

    /** Oldest first. The file is known to be qcow2. */
    public static List<Entry> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = at(channel, 0, HEADER_LENGTH);
            int count = header.getInt(COUNT_AT);
            if (count < 0 || count > MOST) {
                throw StorageException.invalid("format", "The qcow2 file's header counts snapshots that cannot be.");
            }
            List<Entry> entries = new ArrayList<>();
            long offset = header.getLong(TABLE_AT);
            for (int i = 0; i < count; i++) {
                offset = entry(channel, offset, header.getLong(VIRTUAL_SIZE_AT), entries);
            }
            return List.copyOf(entries);
        }
    }

    /** Answers where the next one begins. */
    private static long entry(FileChannel channel, long offset, long diskBytesNow, List<Entry> entries)
            throws IOException {
        ByteBuffer fixed = at(channel, offset, ENTRY_LENGTH);
        int idLength = Short.toUnsignedInt(fixed.getShort(ID_LENGTH_AT));
        int nameLength = Short.toUnsignedInt(fixed.getShort(NAME_LENGTH_AT));
        int extraLength = fixed.getInt(EXTRA_LENGTH_AT);
        if (extraLength < 0 || extraLength > MOST_EXTRA) {
            throw StorageException.invalid("format", "The qcow2 file's table of snapshots is damaged.");
        }
        int length = ENTRY_LENGTH + extraLength + idLength + nameLength;
        ByteBuffer whole = at(channel, offset, length);
        // What was made before QEMU kept the size has the size of the disk.
        long diskBytes = extraLength >= EXTRA_WITH_DISK_SIZE ? whole.getLong(DISK_SIZE_AT) : diskBytesNow;
        ByteBuffer name = whole.slice(ENTRY_LENGTH + extraLength + idLength, nameLength);
        entries.add(new Entry(StandardCharsets.UTF_8.decode(name).toString(), diskBytes));
        return (offset + length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }

    private static ByteBuffer at(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) <= 0) {
                throw new EOFException("the qcow2 file ends within its table of snapshots");
            }
        }
        return bytes.flip();
    }
}
