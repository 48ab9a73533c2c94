package io.limiquantix.storage.driver.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program and its arguments as the kernel gets them, and how long it may take.
 *
 * @param words the program first; never interpreted by a shell
 * @param limits absent for a tool that reads only what we made
 */
public record CommandLine(
        List<String> words, Duration timeout, @Nullable Limits limits) {

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    public CommandLine {
        words = List.copyOf(words);
        if (words.isEmpty() || words.stream().anyMatch(w -> w.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("a command line needs a program, and words without NUL");
        }
    }

    public static CommandLine of(String... words) {
        return new CommandLine(List.of(words), USUAL_TIMEOUT, null);
    }

    public CommandLine with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new CommandLine(all, timeout, limits);
    }

    public CommandLine within(Duration time) {
        return new CommandLine(words, time, limits);
    }

    public CommandLine limitedTo(Limits most) {
        return new CommandLine(words, timeout, most);
    }

    public String program() {
        return words.getFirst();
    }

    /** What is really executed. */
    List<String> vector() {
        if (limits == null) {
            return words;
        }
        List<String> all = new ArrayList<>(List.of(
                "prlimit", "--cpu=" + limits.cpuSeconds(), "--as=" + limits.addressSpaceBytes(), "--core=0", "--"));
        all.addAll(words);
        return all;
    }
}
