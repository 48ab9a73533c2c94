package io.limiquantix.storage.driver.unpack;

import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.tool.Passage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/** A file's way through the tool that unpacks it. */
record UnpackedBytes(Path packed, SparseFile file, UnpackLimits limits, DoubleConsumer percent) implements Passage {
    private static final double HUNDRED = 100;

    @Override
    public void feed(OutputStream input) throws IOException {
        long all = limits.packedBytes();
        long fed = 0;
        byte[] piece = new byte[SparseFile.BLOCK];
        try (InputStream in = open()) {
            int read = read(in, piece);
            while (read >= 0) {
                input.write(piece, 0, read);
                fed += read;
                percent.accept(HUNDRED * fed / all);
                read = read(in, piece);
            }
        }
    }

    private InputStream open() {
        try {
            return Files.newInputStream(packed);
        } catch (IOException e) {
            throw StorageException.of("What arrived of the image cannot be read", e);
        }
    }

    /** What cannot be read is no matter of the tool. */
    private static int read(InputStream in, byte[] piece) {
        try {
            return in.read(piece);
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
