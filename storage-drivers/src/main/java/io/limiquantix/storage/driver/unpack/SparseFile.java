package io.limiquantix.storage.driver.unpack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/** A file that is written from its beginning to its end, with holes where there are only zeroes. */
final class SparseFile implements AutoCloseable {
    static final int BLOCK = 64 << 10;

    private static final byte[] ZEROES = new byte[BLOCK];

    private final RandomAccessFile file;
    private final byte[] block = new byte[BLOCK];
    private int filled;
    private long length;
    private long data;

    /** @param path of an empty file */
    SparseFile(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    void write(byte[] bytes, int count) throws IOException {
        int taken = 0;
        while (taken < count) {
            int more = Math.min(count - taken, BLOCK - filled);
            System.arraycopy(bytes, taken, block, filled, more);
            taken += more;
            filled += more;
            if (filled == BLOCK) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        if (Arrays.mismatch(block, 0, filled, ZEROES, 0, filled) >= 0) {
            file.seek(length);
            file.write(block, 0, filled);
            data += filled;
        }
        length += filled;
        filled = 0;
    }

    /** How many bytes there are, but for those of the last block. */
    long length() {
        return length;
    }

    /** How many of them take room. */
    long data() {
        return data;
    }

    /** All has come. */
    void finish() throws IOException {
        flush();
        file.setLength(length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
