package io.limiquantix.storage.driver.image;

import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The header of a qcow2 file as QEMU's docs/interop/qcow2.txt describes it. Reading it costs no process and, unlike
 * qemu-img, no lock against the QEMU that has the file open.
 *
 * @param backingFile as it is written there, absent for a file that stands alone
 * @param incompatibleFeatures bits that a reader must understand
 * @param cryptMethod 0 for none
 */
public record Qcow2Header(
        int version, long virtualBytes, @Nullable String backingFile, long incompatibleFeatures, int cryptMethod) {

    private static final int MAGIC = 0x514649fb;
    private static final int MAX_BACKING_NAME = 1023;
    private static final int VERSION_2_LENGTH = 72;
    private static final int VERSION_3_LENGTH = 80;

    /** @throws StorageException {@code INVALID} when it is no qcow2 file of version 2 or 3 */
    public static Qcow2Header read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = at(channel, 0, VERSION_3_LENGTH);
            if (header.limit() < VERSION_2_LENGTH || header.getInt(0) != MAGIC) {
                throw StorageException.invalid("format", "The file is not a qcow2 image.");
            }
            int version = header.getInt(4);
            if (version != 2 && version != 3) {
                throw StorageException.invalid(
                        "format", "The qcow2 image has version " + version + "; 2 and 3 are known.");
            }
            boolean extended = version == 3 && header.limit() == VERSION_3_LENGTH;
            return new Qcow2Header(
                    version,
                    header.getLong(24),
                    backingFile(channel, header.getLong(8), header.getInt(16)),
                    extended ? header.getLong(72) : 0,
                    header.getInt(32));
        }
    }

    private static @Nullable String backingFile(FileChannel channel, long offset, int length) throws IOException {
        if (offset == 0) {
            return null;
        }
        if (offset < 0 || length < 0 || length > MAX_BACKING_NAME) {
            throw StorageException.invalid("format", "The qcow2 image's header names a backing file that cannot be.");
        }
        return StandardCharsets.UTF_8.decode(at(channel, offset, length)).toString();
    }

    private static ByteBuffer at(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {}
        return bytes.flip();
    }
}
