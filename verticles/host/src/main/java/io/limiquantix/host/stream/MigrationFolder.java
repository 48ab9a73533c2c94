package io.limiquantix.host.stream;

import io.limiquantix.bus.host.HostMigrationApi.Channel;
import io.limiquantix.host.libvirt.QemuUser.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The sockets of one migration: those of QEMU in a folder that only QEMU's user, libvirt and this process get into, and that of the other
 * host's libvirt outside of it, for root only, as whoever gets hold of QEMU must not get hold of another host.
 *
 * @param all the folder of all migrations, as this process sees it
 * @param owner QEMU's user
 */
public record MigrationFolder(Path all, UUID migrationId, Owner owner) {
    /**
     * The folder of all migrations, as libvirt and QEMU see it: what one host connects to has the path of what the other one listens on,
     * so it is the same at each.
     */
    public static final Path EVERYWHERE = Path.of("/run/limiquantix/migrations");

    /** Where this process finds it. */
    public Path socket(Channel channel) {
        return path().resolve(name(channel));
    }

    /** Where libvirt and QEMU find it. */
    public Path socketEverywhere(Channel channel) {
        return EVERYWHERE.resolve(migrationId.toString()).resolve(name(channel));
    }

    private Path path() {
        return all.resolve(migrationId.toString());
    }

    private Path ofQemu() {
        return path().resolve("qemu");
    }

    private static String name(Channel channel) {
        return switch (channel) {
            case MEMORY -> "qemu/memory";
            case DISKS -> "qemu/disks";
            case LIBVIRT -> "libvirt";
        };
    }

    /** Makes it, empty. */
    public void make() {
        remove();
        done(() -> {
            Files.createDirectories(ofQemu());
            Files.setPosixFilePermissions(all, PosixFilePermissions.fromString("rwx--x--x"));
            Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rwx--x--x"));
            Files.setPosixFilePermissions(ofQemu(), PosixFilePermissions.fromString("rwx------"));
        });
        handOver();
    }

    /** Gives what is QEMU's to its user, and closes the rest to it. */
    void handOver() {
        done(() -> {
            try (Stream<Path> files = Files.walk(ofQemu())) {
                for (Path file : files.toList()) {
                    Files.setAttribute(file, "unix:gid", owner.group());
                    Files.setAttribute(file, "unix:uid", owner.user());
                }
            }
            if (Files.exists(socket(Channel.LIBVIRT))) {
                Files.setPosixFilePermissions(socket(Channel.LIBVIRT), PosixFilePermissions.fromString("rw-------"));
            }
        });
    }

    /** Success when it is not there. */
    public void remove() {
        remove(all, migrationId);
    }

    /** The same for what an earlier process of this host left there. */
    public static void remove(Path all, UUID migrationId) {
        Path folder = all.resolve(migrationId.toString());
        if (!Files.exists(folder)) {
            return;
        }
        done(() -> {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        });
    }

    private interface Work {
        void go() throws IOException;
    }

    private static void done(Work work) {
        try {
            work.go();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of a migration cannot be used", e);
        }
    }
}
