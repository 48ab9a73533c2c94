package io.limiquantix.storage.driver.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program and its arguments as the kernel gets them, and how long it may take.
 *
 * @param words the program first; never interpreted by a shell
 * @param limits absent for a tool that reads only what we made
 * @param input what it reads from its standard input, for instance a secret, which does not belong among the words
 * @param listener is told what it prints while it runs
 * @param passage what passes through it, in place of input and listener
 */
public record CommandLine(
        List<String> words,
        Duration timeout,
        @Nullable Limits limits,
        @Nullable String input,
        @Nullable Consumer<String> listener,
        @Nullable Passage passage) {

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    public CommandLine {
        words = List.copyOf(words);
        if (words.isEmpty() || words.stream().anyMatch(w -> w.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("a command line needs a program, and words without NUL");
        }
    }

    public static CommandLine of(String... words) {
        return new CommandLine(List.of(words), USUAL_TIMEOUT, null, null, null, null);
    }

    public CommandLine with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new CommandLine(all, timeout, limits, input, listener, passage);
    }

    public CommandLine within(Duration time) {
        return new CommandLine(words, time, limits, input, listener, passage);
    }

    public CommandLine limitedTo(Limits most) {
        return new CommandLine(words, timeout, most, input, listener, passage);
    }

    public CommandLine reading(String text) {
        return new CommandLine(words, timeout, limits, text, listener, passage);
    }

    /** @param told gets each piece of the standard output as it comes, cut anywhere; called by a thread of the tool */
    public CommandLine telling(Consumer<String> told) {
        return new CommandLine(words, timeout, limits, input, told, passage);
    }

    public CommandLine passing(Passage bytes) {
        return new CommandLine(words, timeout, limits, input, listener, bytes);
    }

    public String program() {
        return words.getFirst();
    }

    /** What is really executed. */
    List<String> vector() {
        if (limits == null) {
            return words;
        }
        List<String> all = new ArrayList<>(limits.words());
        all.addAll(words);
        return all;
    }

    /** Shows no input. */
    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
