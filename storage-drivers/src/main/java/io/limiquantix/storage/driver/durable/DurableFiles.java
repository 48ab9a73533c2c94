package io.limiquantix.storage.driver.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that are there whole or not at all, also after a power failure: write aside, fsync, rename, fsync the folder. */
public final class DurableFiles {
    private DurableFiles() {}

    /** The end of a file's name while it is being made; such a file belongs to nobody after a crash. */
    public static final String UNFINISHED = ".making";

    /** Where a file is made before it is published. */
    public static Path unfinished(Path target) {
        return target.resolveSibling("." + target.getFileName() + UNFINISHED);
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
