package io.limiquantix.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This machine's libvirtd as a process that can die. Guests do not notice. */
final class LibvirtDaemon {
    private static final Path SYSTEMD = Path.of("/run/systemd/system");

    private final List<String> command;

    private LibvirtDaemon(List<String> command) {
        this.command = command;
    }

    /** Kills it at once; what is returned can start it again. */
    static LibvirtDaemon kill() {
        ProcessHandle daemon = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(c -> c.endsWith("/libvirtd") || c.endsWith("/virtqemud"))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no libvirtd runs"));
        List<String> command = commandOf(daemon.pid());
        daemon.destroyForcibly();
        daemon.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        return new LibvirtDaemon(command);
    }

    private static List<String> commandOf(long pid) {
        try {
            return List.of(
                    Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As whoever started it did. A systemd may have been faster, which is as good. */
    void start() {
        if (Files.isDirectory(SYSTEMD)) {
            String name = Path.of(command.getFirst()).getFileName().toString();
            Libvirt.run(List.of("systemctl", "start", name));
        } else {
            Libvirt.run(command);
        }
    }
}
