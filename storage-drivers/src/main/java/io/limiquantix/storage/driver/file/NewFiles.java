package io.limiquantix.storage.driver.file;

import io.limiquantix.storage.driver.Preallocation;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files that hold nothing yet. qemu-img makes the first qcow2 file of a kind; those of the same kind are the same but for the name
 * of the file that they stand on, and writing them costs a tenth of starting qemu-img. Safe for any thread.
 */
final class NewFiles {
    private static final int MOST_KINDS = 16;
    /** A file that holds nothing has more only when it is of many TiB; each pool keeps 4 MiB at most. */
    private static final long MOST_BYTES = 1 << 18;

    private static final int BLOCK = 4096;
    private static final int BACKING_OFFSET = 8;
    private static final byte[] NONE = {};

    private final QemuImg qemuImg;
    private final Map<Kind, byte[]> made = new LinkedHashMap<>(MOST_KINDS, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, byte[]> eldest) {
            return size() > MOST_KINDS;
        }
    };

    /** What makes two files the same but for the name that they stand on, 0 bytes long for none. */
    private record Kind(int backingBytes, @Nullable VolumeFormat backingFormat, long bytes) {}

    NewFiles(QemuImg qemuImg) {
        this.qemuImg = qemuImg;
    }

    /** As {@link QemuImg#create}. */
    void create(Path file, VolumeFormat format, long bytes, Preallocation preallocation) throws IOException {
        if (format == VolumeFormat.QCOW2 && preallocation == Preallocation.THIN) {
            make(new Kind(0, null, bytes), NONE, file, () -> qemuImg.create(file, format, bytes, preallocation));
        } else {
            qemuImg.create(file, format, bytes, preallocation);
        }
    }

    /** As {@link QemuImg#createOn}, for a caller who knows that the backing file is there. */
    void createOn(Path file, String backing, VolumeFormat backingFormat, long bytes) throws IOException {
        byte[] name = backing.getBytes(StandardCharsets.UTF_8);
        make(
                new Kind(name.length, backingFormat, bytes),
                name,
                file,
                () -> qemuImg.createOn(file, backing, backingFormat, bytes));
    }

    private void make(Kind kind, byte[] backing, Path file, Runnable qemu) throws IOException {
        Optional<byte[]> earlier = earlier(kind);
        if (earlier.isPresent()) {
            write(file, standingOn(backing, earlier.get()));
            return;
        }
        qemu.run();
        if (Files.size(file) <= MOST_BYTES) {
            remember(kind, Files.readAllBytes(file));
        }
    }

    /** The name stands where the header says, and nowhere else: docs/interop/qcow2.txt. */
    private static byte[] standingOn(byte[] backing, byte[] earlier) {
        if (backing.length == 0) {
            return earlier;
        }
        byte[] changed = earlier.clone();
        int at = Math.toIntExact(ByteBuffer.wrap(changed).getLong(BACKING_OFFSET));
        System.arraycopy(backing, 0, changed, at, backing.length);
        return changed;
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
