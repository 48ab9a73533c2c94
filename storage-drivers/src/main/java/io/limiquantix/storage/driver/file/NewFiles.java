package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.Preallocation;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files that hold nothing yet. qemu-img makes the first qcow2 file of a kind; those of the same kind are the same in every byte,
 * and writing them costs a tenth of starting qemu-img. Safe for any thread.
 */
final class NewFiles {
    private static final int MOST_KINDS = 32;
    /** A file that holds nothing has more only when it is of many TiB. */
    private static final long MOST_BYTES = 1 << 20;

    private static final int BLOCK = 4096;

    private final QemuImg qemuImg;
    private final Map<Kind, byte[]> made = new LinkedHashMap<>(MOST_KINDS, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, byte[]> eldest) {
            return size() > MOST_KINDS;
        }
    };

    /** What makes two files the same. */
    private record Kind(@Nullable String backing, @Nullable VolumeFormat backingFormat, long bytes) {}

    NewFiles(QemuImg qemuImg) {
        this.qemuImg = qemuImg;
    }

    /** As {@link QemuImg#create}. */
    void create(Path file, VolumeFormat format, long bytes, Preallocation preallocation) throws IOException {
        if (format == VolumeFormat.QCOW2 && preallocation == Preallocation.THIN) {
            make(new Kind(null, null, bytes), file, () -> qemuImg.create(file, format, bytes, preallocation));
        } else {
            qemuImg.create(file, format, bytes, preallocation);
        }
    }

    /** As {@link QemuImg#createOn}, for a backing file that others stand on too; the caller knows that it is there. */
    void createOn(Path file, String backing, VolumeFormat backingFormat, long bytes) throws IOException {
        make(
                new Kind(backing, backingFormat, bytes),
                file,
                () -> qemuImg.createOn(file, backing, backingFormat, bytes));
    }

    private void make(Kind kind, Path file, Runnable qemu) throws IOException {
        Optional<byte[]> earlier = earlier(kind);
        if (earlier.isPresent()) {
            write(file, earlier.get());
            return;
        }
        qemu.run();
        if (Files.size(file) <= MOST_BYTES) {
            remember(kind, Files.readAllBytes(file));
        }
    }

    private synchronized Optional<byte[]> earlier(Kind kind) {
        return Optional.ofNullable(made.get(kind));
    }

    private synchronized void remember(Kind kind, byte[] contents) {
        made.put(kind, contents);
    }

    /** Leaves holes where qemu-img does: in blocks of zeroes. */
    private static void write(Path file, byte[] contents) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int at = 0; at < contents.length; at += BLOCK) {
                int length = Math.min(BLOCK, contents.length - at);
                boolean last = at + length == contents.length;
                if (last || !isZero(contents, at, length)) {
                    writeAll(channel, ByteBuffer.wrap(contents, at, length), at);
                }
            }
        }
    }

    private static boolean isZero(byte[] contents, int at, int length) {
        return Arrays.mismatch(contents, at, at + length, new byte[length], 0, length) < 0;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }
}
