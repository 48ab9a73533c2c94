package io.limiquantix.compute.clone;

import io.limiquantix.bus.FailureException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The names of clones: one, or many with a run of numbers in it, as in {@code web-{01..20}}, all as wide as its first one is. */
public final class CloneNames {
    private static final int MOST = 100;
    private static final Pattern RUN = Pattern.compile("[^{}]*\\{([0-9]{1,9})\\.\\.([0-9]{1,9})}[^{}]*");

    private CloneNames() {}

    /** @throws FailureException {@code INVALID} for a run that is none, or has more than 100 numbers */
    public static List<String> of(String name) {
        return numbers(name)
                .map(numbers -> {
                    String before = name.substring(0, name.indexOf('{'));
                    String behind = name.substring(name.indexOf('}') + 1);
                    return numbers.stream()
                            .map(number -> before + number + behind)
                            .toList();
                })
                .orElseGet(() -> List.of(name));
    }

    /**
     * The numbers of the run, as they are in the names and in their order; empty where one clone is named.
     *
     * @throws FailureException {@code INVALID} for a run that is none, or has more than 100 numbers
     */
    public static Optional<List<String>> numbers(String name) {
        if (name.indexOf('{') < 0 && name.indexOf('}') < 0) {
            return Optional.empty();
        }
        Matcher run = RUN.matcher(name);
        if (!run.matches()) {
            throw FailureException.invalid(
                    "name", "A name of many clones has one run of numbers in it, as in web-{01..20}.");
        }
        int first = Integer.parseInt(run.group(1));
        int last = Integer.parseInt(run.group(2));
        if (last < first || last - first >= MOST) {
            throw FailureException.invalid(
                    "name", "The run has to go up and have at most " + MOST + " numbers, as in web-{01..20}.");
        }
        String number = "%0" + run.group(1).length() + "d";
        return Optional.of(
                IntStream.rangeClosed(first, last).mapToObj(number::formatted).toList());
    }
}
