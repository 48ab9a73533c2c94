package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.DoubleConsumer;

/** Copies of files byte by byte. */
final class FileCopy {
    private static final long STRETCH = 8L << 20;
    private static final double HUNDRED = 100;

    private FileCopy() {}

    /**
     * Interrupting the thread ends it.
     *
     * @param target is not there yet
     * @param percent is told how far it is, 0 to 100
     */
    static void make(Path source, Path target, DoubleConsumer percent) {
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            long bytes = from.size();
            long copied = 0;
            while (copied < bytes) {
                copied += from.transferTo(copied, Math.min(STRETCH, bytes - copied), to);
                percent.accept(copied * HUNDRED / bytes);
            }
        } catch (IOException e) {
            throw StorageException.of("The file of the image cannot be copied", e);
        }
    }
}
