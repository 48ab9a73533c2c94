package io.limiquantix.host.capability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * This machine's memory as its kernel counts it in /proc/meminfo (proc(5)). libvirt sums up NUMA cells instead, whose sizes
 * may be those of the boot on a machine that was given more since.
 */
public final class MachineMemory {
    private static final Path FILE = Path.of("/proc/meminfo");
    private static final long KIB = 1024;

    private MachineMemory() {}

    public static long totalBytes() {
        return read("MemTotal:");
    }

    /** What new guests could take without swapping, reclaimable caches included. */
    public static long availableBytes() {
        return read("MemAvailable:");
    }

    private static long read(String field) {
        try {
            return Files.readAllLines(FILE).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(FILE + " has no " + field));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
