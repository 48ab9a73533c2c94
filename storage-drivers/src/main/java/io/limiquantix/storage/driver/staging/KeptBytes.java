package io.limiquantix.storage.driver.staging;

import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What has come of an image that comes in parts: a file, and beside it how many of its bytes are surely on the disk. What is
 * behind them may be anything after a power failure.
 *
 * @param arrived where the bytes lie once all have come
 */
record KeptBytes(Path arrived, Path sha256File) {
    static final String MODE = "rw-------";
    static final String FILE = ".kept";
    static final String MARK = ".kept-bytes";
    private static final int BLOCK = 1 << 20;

    Path file() {
        return arrived.resolveSibling(arrived.getFileName() + FILE);
    }

    private Path markFile() {
        return arrived.resolveSibling(arrived.getFileName() + MARK);
    }

    /** The bytes before are on the disk. */
    void mark(long bytes) throws IOException {
        DurableFiles.write(markFile(), Long.toString(bytes).getBytes(StandardCharsets.US_ASCII), MODE);
    }

    /** How many bytes have come and are on the disk: all of them, those of the parts so far, or none. */
    long count() throws IOException {
        try {
            if (Files.isRegularFile(arrived)) {
                return Files.size(arrived);
            }
            long marked = Long.parseLong(Files.readString(markFile(), StandardCharsets.US_ASCII));
            return Math.min(marked, Files.size(file()));
        } catch (NoSuchFileException _) {
            // The last part may have come in between.
            return Files.isRegularFile(arrived) ? Files.size(arrived) : 0;
        }
    }

    /** Reads again what has come. */
    KeptArrival.Sum sum(long bytes) throws IOException {
        MessageDigest digest = Sum.SHA256.begin();
        if (bytes == 0) {
            return new KeptArrival.Sum(0, digest);
        }
        try (FileChannel in = FileChannel.open(file(), StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            long left = bytes;
            while (left > 0) {
                block.clear().limit((int) Math.min(left, BLOCK));
                int read = in.read(block);
                if (read < 0) {
                    throw new IOException(file() + " has lost bytes that were on the disk");
                }
                digest.update(block.flip());
                left -= read;
            }
        }
        return new KeptArrival.Sum(bytes, digest);
    }

    /** All has come and is on the disk. Answers the SHA-256 in lower case hexadecimal. */
    String publish(MessageDigest sha256) throws IOException {
        String sum = HexFormat.of().formatHex(sha256.digest());
        DurableFiles.write(sha256File, sum.getBytes(StandardCharsets.US_ASCII), MODE);
        DurableFiles.publish(file(), arrived);
        DurableFiles.delete(markFile());
        return sum;
    }

    void forget() throws IOException {
        DurableFiles.delete(markFile());
        DurableFiles.delete(file());
    }
}
