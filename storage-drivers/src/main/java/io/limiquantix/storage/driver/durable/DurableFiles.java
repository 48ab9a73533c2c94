package io.limiquantix.storage.driver.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Files that are there whole or not at all, also after a power failure: write aside, fsync, rename, fsync the folder. */
public final class DurableFiles {
    private DurableFiles() {}

    /** The end of a file's name while it is being made; such a file belongs to nobody after a crash. */
    public static final String UNFINISHED = ".making";

    /** Tells what this process makes from what one on another host does with the same file. */
    private static final String PROCESS = UUID.randomUUID().toString().substring(0, 8);

    /** Where this process makes a file before it is published. */
    public static Path unfinished(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + PROCESS + UNFINISHED);
    }

    /** Writes the file in place of an earlier one. */
    public static void write(Path target, byte[] bytes, String mode) throws IOException {
        Path aside = unfinished(target);
        Files.deleteIfExists(aside);
        Files.createFile(aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
        Files.write(aside, bytes);
        publish(aside, target);
    }

    /** Puts a file that was made aside in its place. */
    public static void publish(Path aside, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.READ)) {
            channel.force(true);
        }
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(target);
    }

    /** Puts a file that was made aside in its place unless there is one; then what was made is deleted. */
    public static void publishNew(Path aside, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.READ)) {
            channel.force(true);
        }
        try {
            Files.createLink(target, aside);
        } catch (FileAlreadyExistsException _) {
            // Somebody else was faster.
        }
        Files.delete(aside);
        syncFolder(target);
    }

    /** Gives the file a second name on the same file system. */
    public static void link(Path target, Path file) throws IOException {
        Files.createLink(target, file);
        syncFolder(target);
    }

    /** Removes what was left half made in a folder and was not written to for so long. */
    public static void sweep(Path folder, Duration untouched) throws IOException {
        sweep(folder, UNFINISHED, untouched);
    }

    /** Removes the files of a folder whose names end so and that were not written to for so long. */
    public static void sweep(Path folder, String ending, Duration untouched) throws IOException {
        Instant abandoned = Instant.now().minus(untouched);
        List<Path> entries;
        try (Stream<Path> files = Files.list(folder)) {
            entries = files.filter(f -> f.getFileName().toString().endsWith(ending))
                    .toList();
        }
        for (Path file : entries) {
            if (!Files.getLastModifiedTime(file).toInstant().isAfter(abandoned)) {
                delete(file);
            }
        }
    }

    /** Success when there is none. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            syncFolder(file);
        }
    }

    private static void syncFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " has no folder");
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
