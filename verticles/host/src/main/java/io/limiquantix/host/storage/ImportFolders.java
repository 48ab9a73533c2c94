package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.storage.driver.ImageArrival;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of the host that images may be copied from. Links are followed first, so that none leads out of them. */
public final class ImportFolders {
    private static final Logger LOG = LoggerFactory.getLogger(ImportFolders.class);
    private static final int BLOCK = 1 << 20;

    private final List<Path> folders;

    public ImportFolders(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** @throws FailureException {@code INVALID} for a path that is not below one of the folders, {@code NOT_FOUND} */
    public void copy(String path, ImageArrival arrival) {
        Path file = resolve(path);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
            while (in.read(block.clear()) >= 0) {
                arrival.write(block.flip());
            }
        } catch (IOException e) {
            throw FailureException.of(FailureCode.STORAGE, "The file " + path + " cannot be read: " + e.getMessage());
        }
        arrival.complete();
    }

    private Path resolve(String text) {
        Path named = parse(text);
        Path real;
        try {
            real = named.toRealPath();
        } catch (IOException e) {
            LOG.debug("no import of {}", named, e);
            // The same answer inside and outside of the folders: nobody learns which files the host has.
            throw FailureException.notFound("There is no such file in one of this host's import folders.");
        }
        if (folders.stream().noneMatch(folder -> isBelow(real, folder))) {
            throw FailureException.notFound("There is no such file in one of this host's import folders.");
        }
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw FailureException.invalid("path", "That is not a file.");
        }
        return real;
    }

    private static Path parse(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            LOG.debug("not a path", e);
        }
        throw FailureException.invalid("path", "The path must be absolute.");
    }

    private static boolean isBelow(Path real, Path folder) {
        try {
            return real.startsWith(folder.toRealPath());
        } catch (IOException e) {
            LOG.debug("the import folder {} is not there", folder, e);
            return false;
        }
    }
}
