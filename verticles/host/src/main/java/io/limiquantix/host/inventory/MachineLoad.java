package io.limiquantix.host.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of the machine's load; proc(5). */
final class MachineLoad {
    private static final long KIB = 1024;

    private MachineLoad() {}

    /** What new guests could take without swapping, reclaimable caches included. */
    static long availableMemoryBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
                }
            }
            throw new IllegalStateException("/proc/meminfo has no MemAvailable");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Over the last minute. */
    static double average() {
        try {
            return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
