package io.limiquantix.storage.driver.staging;

import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.Consumer;

/** A part of an image's bytes on its way into a folder, summed up while it passes; what came of it stays when it is cut off. */
final class KeptArrival implements ImageArrival {
    /** How many bytes a host whose power fails has to be sent once more at most. */
    private static final long MARKED_EVERY = 64L << 20;

    private final KeptBytes kept;
    private final long length;
    private final Consumer<Sum> cutOff;
    private final Runnable ended;
    private final FileChannel channel;
    private final MessageDigest sha256;
    private long written;
    private long marked;
    private boolean open = true;
    private boolean complete;

    /**
     * How far the sum of an image's bytes is.
     *
     * @param bytes how many of them are in it
     */
    record Sum(long bytes, MessageDigest sha256) {}

    /**
     * Goes on where the sum ends; what lies behind that is thrown away.
     *
     * @param length how many bytes there are altogether
     * @param cutOff is told how far it came when it is closed before all has come
     */
    KeptArrival(KeptBytes kept, Sum before, long length, Consumer<Sum> cutOff, Runnable ended) throws IOException {
        this.kept = kept;
        this.length = length;
        this.cutOff = cutOff;
        this.ended = ended;
        this.sha256 = before.sha256();
        this.written = before.bytes();
        this.marked = before.bytes();
        this.channel = FileChannel.open(
                kept.file(),
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(KeptBytes.MODE)));
        try {
            channel.truncate(written).position(written);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        ByteBuffer same = bytes.duplicate();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            // Only now: a part that could not be written is sent again.
            written += same.remaining();
            sha256.update(same);
            // All of it is never only marked: that would look as if it could be admitted.
            if (written - marked >= MARKED_EVERY && written < length) {
                mark();
            }
        } catch (IOException e) {
            throw StorageException.of("The image cannot be stored", e);
        }
    }

    private void mark() throws IOException {
        channel.force(true);
        kept.mark(written);
        marked = written;
    }

    @Override
    public long bytesWritten() {
        return written;
    }

    @Override
    public String complete() {
        try {
            channel.force(true);
            channel.close();
            String sum = kept.publish(sha256);
            complete = true;
            return sum;
        } catch (IOException e) {
            throw StorageException.of("The image cannot be stored", e);
        }
    }

    /** Whoever sent the last byte may have gone before saying that it was the last. */
    private void keep() throws IOException {
        if (written == length) {
            complete();
            return;
        }
        channel.truncate(written);
        mark();
        cutOff.accept(new Sum(written, sha256));
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            if (!complete && channel.isOpen()) {
                keep();
            }
            channel.close();
        } catch (IOException e) {
            throw StorageException.of("What arrived of the image cannot be kept", e);
        } finally {
            ended.run();
        }
    }
}
