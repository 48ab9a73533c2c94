package io.limiquantix.storage.driver.unpack;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.image.FileSlice;
import io.limiquantix.storage.driver.tool.Passage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.function.DoubleConsumer;

/** A file's way through the tool that unpacks it. */
record UnpackedBytes(FileSlice packed, SparseFile file, UnpackLimits limits, DoubleConsumer percent)
        implements Passage {
    private static final double HUNDRED = 100;

    @Override
    public void feed(OutputStream input) throws IOException {
        long all = limits.packedBytes();
        long fed = 0;
        byte[] piece = new byte[SparseFile.BLOCK];
        try (FileChannel in = open()) {
            int read = read(in, fed, piece);
            while (read > 0) {
                input.write(piece, 0, read);
                fed += read;
                percent.accept(HUNDRED * fed / all);
                read = read(in, fed, piece);
            }
        }
    }

    private FileChannel open() {
        try {
            return FileChannel.open(packed.file(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw StorageException.of("What arrived of the image cannot be read", e);
        }
    }

    /** What cannot be read is no matter of the tool. */
    private int read(FileChannel in, long at, byte[] piece) {
        try {
            return packed.read(in, at, ByteBuffer.wrap(piece)).limit();
        } catch (IOException e) {
            throw StorageException.of("What arrived of the image cannot be read", e);
        }
    }

    @Override
    public void take(InputStream output) {
        try {
            write(output);
        } catch (IOException e) {
            throw StorageException.of("The unpacked image cannot be stored", e);
        }
    }

    private void write(InputStream output) throws IOException {
        byte[] piece = new byte[SparseFile.BLOCK];
        long until = limits.requireRoom();
        int read = output.read(piece);
        while (read >= 0) {
            file.write(piece, read);
            limits.require(file);
            if (file.data() >= until) {
                until = file.data() + limits.requireRoom();
            }
            read = output.read(piece);
        }
        file.finish();
        limits.require(file);
    }
}
