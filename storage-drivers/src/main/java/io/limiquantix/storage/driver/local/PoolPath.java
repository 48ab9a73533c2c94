package io.limiquantix.storage.driver.local;

import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which directories can be pools: nothing of the operating system's own, and nothing that QEMU's user cannot reach. */
final class PoolPath {
    /** A pool may lie below {@code /var/lib} or {@code /home}, yet not be one of these. */
    private static final Set<String> TAKEN = Set.of(
            "/",
            "/home",
            "/media",
            "/mnt",
            "/opt",
            "/root",
            "/srv",
            "/tmp",
            "/usr/local",
            "/var",
            "/var/lib",
            "/var/lib/libvirt",
            "/var/tmp");
    /** Nothing below these either. */
    private static final Set<String> SYSTEM = Set.of(
            "/bin",
            "/boot",
            "/dev",
            "/etc",
            "/lib",
            "/lib32",
            "/lib64",
            "/libx32",
            "/lost+found",
            "/proc",
            "/run",
            "/sbin",
            "/sys",
            "/usr/bin",
            "/usr/include",
            "/usr/lib",
            "/usr/libexec",
            "/usr/sbin",
            "/usr/share",
            "/var/cache",
            "/var/lib/dpkg",
            "/var/log",
            "/var/run",
            "/var/spool");

    private PoolPath() {}

    /** Answers the path when a pool may be there; it need not exist yet. */
    static Path check(String text) {
        Path path = parse(text);
        if (!path.isAbsolute()
                || !path.toString().equals(text)
                || !path.normalize().equals(path)) {
            throw refused("The path must be absolute, without '.', '..' or a slash at the end.");
        }
        if (TAKEN.contains(text) || SYSTEM.stream().anyMatch(s -> path.startsWith(Path.of(s)))) {
            throw refused("The operating system needs " + text + "; give the pool a directory of its own.");
        }
        refuseLinksAndFiles(path);
        return path;
    }

    private static Path parse(String text) {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw refused("The path contains control characters.");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw refused("The path cannot be a file name here: " + e.getReason());
        }
    }

    private static void refuseLinksAndFiles(Path path) {
        for (Path part = path; part != null; part = part.getParent()) {
            if (Files.isSymbolicLink(part)) {
                throw refused(part + " is a symbolic link; name the directory itself.");
            }
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(part + " is not a directory.");
            }
        }
    }

    /** Checks what can be checked only once the directory is there. */
    static void checkReach(Path path) throws IOException {
        if (!Files.isWritable(path)) {
            throw refused(path + " is not writable for this host's service.");
        }
        Path closed = firstClosed(path);
        if (closed != null) {
            throw refused("QEMU's user cannot pass " + closed + "; allow it with: chmod o+x " + closed);
        }
    }

    private static @Nullable Path firstClosed(Path path) throws IOException {
        Path closed = null;
        for (Path part = path; part != null; part = part.getParent()) {
            if (!Files.getPosixFilePermissions(part).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                closed = part;
            }
        }
        return closed;
    }

    private static StorageException refused(String sentence) {
        return StorageException.invalid("settings.path", sentence);
    }
}
