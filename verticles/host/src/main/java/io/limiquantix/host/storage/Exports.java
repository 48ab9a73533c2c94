package io.limiquantix.host.storage;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.storage.driver.durable.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Files of this host that people and other hosts fetch. Under its own name a file is whole; it never changes. Safe for any thread. */
public final class Exports {
    private static final long LEAST_FREE = 1L << 30;
    /** A host whose disk is full cannot keep its journal. */
    private static final int FREE_SHARE = 20;

    private static final int BLOCK = 1 << 20;

    private final Path folder;

    private Exports(Path folder) {
        this.folder = folder;
    }

    /** Removes what a process left half made that was killed. */
    public static Exports in(Path folder) {
        try {
            DurableFiles.sweep(folder, Duration.ZERO);
            return new Exports(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of exports " + folder + " cannot be used", e);
        }
    }

    /**
     * @param bytes that the file may take at most
     * @throws FailureException {@code NO_CAPACITY} when the host's own disk would be left without room to work
     */
    public void requireRoom(long bytes) {
        try {
            FileStore disk = Files.getFileStore(folder);
            long reserve = Math.max(LEAST_FREE, disk.getTotalSpace() / FREE_SHARE);
            long room = Math.max(0, disk.getUsableSpace() - reserve);
            if (bytes > room) {
                throw FailureException.of(
                        FailureCode.NO_CAPACITY,
                        "The file may take " + bytes + " bytes, and the host's disk has room for " + room
                                + " where it keeps such files (" + folder
                                + "). Free some, delete other exports, or copy the volume into a pool that this host"
                                + " reaches instead.");
            }
        } catch (IOException e) {
            throw failed("The room for the export is not known", e);
        }
    }

    /**
     * Makes the file anew unless it is there, and answers its size in bytes.
     *
     * @param steps write the file of the path that they are given
     */
    public long make(UUID id, Consumer<Path> steps) {
        Path file = file(id);
        try {
            if (!Files.isRegularFile(file)) {
                write(file, steps);
            }
            return Files.size(file);
        } catch (IOException e) {
            throw failed("The file of the export cannot be made", e);
        }
    }

    /** Gives a file that is there under this name, and answers its size in bytes. It must never change; when it goes, so does the export. */
    public long link(UUID id, Path original) {
        Path file = file(id);
        try {
            if (!Files.isRegularFile(file)) {
                Files.deleteIfExists(file);
                Files.createSymbolicLink(file, original);
            }
            return Files.size(file);
        } catch (IOException e) {
            throw failed("The file of the export cannot be given", e);
        }
    }

    private static void write(Path file, Consumer<Path> steps) throws IOException {
        Path aside = DurableFiles.unfinished(file);
        try {
            Files.deleteIfExists(aside);
            steps.accept(aside);
            DurableFiles.publish(aside, file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /**
     * The SHA-256 of the file, hexadecimal; read anew each time. Interrupting the thread ends it.
     *
     * @throws FailureException {@code NOT_FOUND}
     */
    public String sha256(UUID id) {
        try (FileChannel in = FileChannel.open(require(id), StandardOpenOption.READ)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            while (in.read(block.clear()) >= 0) {
                digest.update(block.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw failed("The file of the export cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** @throws FailureException {@code NOT_FOUND} */
    public Path require(UUID id) {
        Path file = file(id);
        if (!Files.isRegularFile(file)) {
            throw FailureException.notFound("This host does not have the file of the export " + id + ".");
        }
        return file;
    }

    /** Success when there is none; who reads it just now reads on. */
    public void delete(UUID id) {
        try {
            DurableFiles.delete(file(id));
        } catch (IOException e) {
            throw failed("The file of the export cannot be deleted", e);
        }
    }

    private Path file(UUID id) {
        return folder.resolve(id.toString());
    }

    private static FailureException failed(String what, IOException e) {
        return new FailureException(
                new Failure(FailureCode.STORAGE, what + " on the host: " + e.getMessage(), Map.of()), e);
    }
}
