package io.limiquantix.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** virt-viewer's {@code remote-viewer}, of a user with a home of their own that trusts one authority. */
final class RemoteViewer implements AutoCloseable {
    private final Process process;
    private final Path log;

    private RemoteViewer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** A home for {@link #start} in an empty folder. */
    static Path home(Path folder, String certificates) {
        try {
            Path authorities = Files.createDirectories(folder.resolve(".pki/CA"));
            Files.writeString(authorities.resolve("cacert.pem"), certificates);
            // gtk-vnc asks the system for the user's home, whatever HOME says.
            Files.writeString(folder.resolve("passwd"), "root:x:0:0::" + folder + ":/bin/sh\n");
            Files.createDirectory(
                    folder.resolve("run"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RemoteViewer start(VirtualScreen screen, Path home, Path file) {
        Path log = file.resolveSibling(file.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind \"$1\" /etc/passwd && exec remote-viewer --debug --gtk-vnc-debug \"$2\"",
                        "sh",
                        home.resolve("passwd").toString(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "DISPLAY", screen.display(),
                        "GDK_BACKEND", "x11",
                        "HOME", home.toString(),
                        "XDG_RUNTIME_DIR", home.resolve("run").toString(),
                        // Nobody's desktop is asked or changed.
                        "DBUS_SESSION_BUS_ADDRESS", "disabled:",
                        "GSETTINGS_BACKEND", "memory",
                        "NO_AT_BRIDGE", "1",
                        "LC_ALL", "C.UTF-8"));
        try {
            return new RemoteViewer(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it has written so far of what it does. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
