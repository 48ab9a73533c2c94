package io.limiquantix.storage.driver.staging;

import io.limiquantix.storage.driver.ImageArrival;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;

/** An image's bytes on their way into a folder, summed up while they pass. */
final class StagedArrival implements ImageArrival {
    /** The end of a file's name while bytes arrive; such a file belongs to nobody after a crash. */
    static final String PARTIAL = ".part" + DurableFiles.UNFINISHED;

    private static final String MODE = "rw-------";

    private final Path arrived;
    private final Path sha256File;
    private final Path partial;
    private final Runnable ended;
    private final FileChannel channel;
    private final MessageDigest sha256 = Sum.SHA256.begin();
    private long written;
    private boolean open = true;

    StagedArrival(Path arrived, Path sha256File, Runnable ended) throws IOException {
        this.arrived = arrived;
        this.sha256File = sha256File;
        this.partial = arrived.resolveSibling(arrived.getFileName() + PARTIAL);
        this.ended = ended;
        Files.deleteIfExists(partial);
        this.channel = FileChannel.open(
                partial,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
    }

    @Override
    public void write(ByteBuffer bytes) {
        written += bytes.remaining();
        sha256.update(bytes.duplicate());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw StorageException.of("The image cannot be stored", e);
        }
    }

    @Override
    public long bytesWritten() {
        return written;
    }

    @Override
    public String complete() {
        String sum = HexFormat.of().formatHex(sha256.digest());
        try {
            channel.force(true);
            channel.close();
            DurableFiles.write(sha256File, sum.getBytes(StandardCharsets.US_ASCII), MODE);
            DurableFiles.publish(partial, arrived);
        } catch (IOException e) {
            throw StorageException.of("The image cannot be stored", e);
        }
        return sum;
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            channel.close();
            DurableFiles.delete(partial);
        } catch (IOException e) {
            throw StorageException.of("What arrived of the image cannot be deleted", e);
        } finally {
            ended.run();
        }
    }

    /** What was summed up while the bytes arrived, or the sum of the file where that is missing. */
    static String sha256(Path arrived, Path sha256File) throws IOException {
        if (Files.isRegularFile(sha256File)) {
            return Files.readString(sha256File, StandardCharsets.US_ASCII);
        }
        return Sum.SHA256.read(arrived);
    }
}
