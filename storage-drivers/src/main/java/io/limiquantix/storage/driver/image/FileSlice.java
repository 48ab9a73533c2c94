package io.limiquantix.storage.driver.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of a file that are one thing: all of them, or those of one member of an archive, which therefore never needs a name.
 *
 * @param offset where they begin
 * @param length how many there are
 * @param isWhole whether the file has no others
 */
public record FileSlice(Path file, long offset, long length, boolean isWhole) {
    public static FileSlice whole(Path file) throws IOException {
        return new FileSlice(file, 0, Files.size(file), true);
    }

    public static FileSlice member(Path archive, long offset, long length) {
        return new FileSlice(archive, offset, length, false);
    }

    /**
     * Fills the buffer as far as there are bytes, and flips it.
     *
     * @param at where in the slice
     * @param channel of its file
     */
    public ByteBuffer read(FileChannel channel, long at, ByteBuffer bytes) throws IOException {
        bytes.limit(bytes.position() + Math.clamp(length - at, 0, bytes.remaining()));
        int begin = bytes.position();
        while (bytes.hasRemaining() && channel.read(bytes, offset + at + bytes.position() - begin) > 0) {}
        return bytes.flip();
    }
}
