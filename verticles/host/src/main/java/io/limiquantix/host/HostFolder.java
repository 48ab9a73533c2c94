package io.limiquantix.host;

import io.limiquantix.runtime.id.Uuid7;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a host keeps on its own disk. Others can pass the folder, as QEMU's user has to reach the sockets, and cannot list it;
 * {@code work}, where password hashes may lie for a moment, is closed to them.
 */
record HostFolder(Path root, Path sockets) {
    /** Of struct sockaddr_un, less the NUL at the end. */
    private static final int MAX_SOCKET_PATH = 107;

    private static final int UUID_LENGTH = 36;
    private static final Path RUN = Path.of("/run/limiquantix");

    /**
     * The folder below the data directory, made when it is not there.
     *
     * @param socketFolder for the sockets; absent: below the data directory, or below /run where that path is too long
     */
    static HostFolder in(Path dataDirectory, @Nullable Path socketFolder) {
        Path root = dataDirectory.resolve("host").toAbsolutePath().normalize();
        try {
            make(root, "rwx--x--x");
            HostFolder folder = withSockets(root, socketFolder);
            folder.make();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("the host's folder " + root + " cannot be used", e);
        }
    }

    private static HostFolder withSockets(Path root, @Nullable Path socketFolder) {
        HostFolder folder = new HostFolder(root, socketFolder == null ? root.resolve("sockets") : socketFolder);
        if (folder.socketsFit()) {
            return folder;
        }
        if (socketFolder == null) {
            return new HostFolder(root, RUN.resolve(folder.hostId().toString()));
        }
        throw new IllegalArgumentException("The path " + socketFolder
                + " is too long for UNIX sockets; set host.socketFolder to one of at most "
                + (MAX_SOCKET_PATH - UUID_LENGTH - ".serial".length() - 1) + " characters.");
    }

    private boolean socketsFit() {
        return serialSocket(new UUID(0, 0)).toString().length() <= MAX_SOCKET_PATH;
    }

    private void make() throws IOException {
        make(sockets, "rwx--x--x");
        make(storage(), "rwx--x--x");
        make(exports(), "rwx------");
        make(work(), "rwx------");
        make(statistics(), "rwx------");
        make(memories(), "rwx------");
        make(migrations(), "rwx------");
        // Left by a process that was killed; it may hold password hashes.
        try (Stream<Path> left = Files.walk(work())) {
            for (Path path : left.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!path.equals(work())) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void make(Path folder, String mode) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    /** This host's id, made at the first start. */
    UUID hostId() {
        Path file = root.resolve("id");
        try {
            if (!Files.exists(file)) {
                Path aside = root.resolve("id.new");
                Files.writeString(aside, Uuid7.next() + "\n");
                try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.READ)) {
                    channel.force(true);
                }
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return UUID.fromString(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the host's id in " + file + " cannot be read", e);
        }
    }

    Path work() {
        return root.resolve("work");
    }

    /** Where the drivers of pools keep what belongs to this host. */
    Path storage() {
        return root.resolve("storage");
    }

    /** Files that people fetch; only this process reads them. */
    Path exports() {
        return root.resolve("exports");
    }

    /** What was measured of the host and its guests. */
    Path statistics() {
        return root.resolve("statistics");
    }

    Path operations() {
        return root.resolve("operations.journal");
    }

    /** Notes of guests that are kept still for a moment. */
    Path still() {
        return root.resolve("still");
    }

    /** What guests had in their memory when snapshots of them were made; only libvirt reads it. */
    Path memories() {
        return root.resolve("memories");
    }

    /** Notes of machines that are on their way. */
    Path migrations() {
        return root.resolve("migrations");
    }

    Path pools() {
        return root.resolve("pools.json");
    }

    Path accelerator() {
        return root.resolve("accelerator.json");
    }

    Path serialSocket(UUID vmId) {
        return sockets.resolve(vmId + ".serial");
    }

    Path streamSocket(UUID hostId) {
        return sockets.resolve(hostId + ".stream");
    }
}
