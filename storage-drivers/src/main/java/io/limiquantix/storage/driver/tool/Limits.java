package io.limiquantix.storage.driver.tool;

import java.util.List;

/**
 * What a tool that reads untrusted bytes may use at most; set by {@code prlimit(1)}.
 *
 * @param cpuSeconds processor time
 * @param addressSpaceBytes virtual memory
 * @param fileBytes how long a file may become that it writes
 */
public record Limits(int cpuSeconds, long addressSpaceBytes, long fileBytes) {
    /** What a process has used too much of that ended with one of these, as {@code 128} + the number in signal(7). */
    public static final int BEYOND_CPU = 128 + 24;

    public static final int BEYOND_FILE = 128 + 25;

    /** For a tool that writes no file. */
    public Limits(int cpuSeconds, long addressSpaceBytes) {
        this(cpuSeconds, addressSpaceBytes, 0);
    }

    List<String> words() {
        return List.of(
                "prlimit",
                "--cpu=" + cpuSeconds,
                "--as=" + addressSpaceBytes,
                "--fsize=" + fileBytes,
                "--core=0",
                "--");
    }
}
