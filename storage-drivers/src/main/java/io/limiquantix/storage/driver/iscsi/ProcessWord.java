package io.limiquantix.storage.driver.iscsi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A process of this host as a word that no later one has: its number and when it began, which no clock changes; proc_pid_stat(5). */
final class ProcessWord {
    private static final int START_AFTER_NAME = 20;

    private ProcessWord() {}

    /** This process. */
    static String own() {
        return of(Long.toString(ProcessHandle.current().pid()))
                .orElseThrow(() -> new IllegalStateException("this process is not in /proc"));
    }

    /** Whether that process runs; a word that is none is nobody's. */
    static boolean isAlive(String word) {
        String pid = word.split("-", 2)[0];
        return pid.matches("\\d+") && of(pid).equals(Optional.of(word));
    }

    private static Optional<String> of(String pid) {
        Path file = Path.of("/proc", pid, "stat");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            // The name in parentheses may hold anything.
            String[] fields = text.substring(text.lastIndexOf(')')).split(" ", -1);
            return Optional.of(pid + "-" + fields[START_AFTER_NAME]);
        } catch (IOException e) {
            if (Files.exists(file)) {
                throw new UncheckedIOException(e);
            }
            return Optional.empty();
        }
    }
}
