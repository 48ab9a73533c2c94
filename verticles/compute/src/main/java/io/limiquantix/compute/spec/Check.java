package io.limiquantix.compute.spec;

import io.limiquantix.bus.FailureException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses a value that is not acceptable and names its field. */
final class Check {
    private static final int SHOWN = 80;

    private Check() {}

    static void that(boolean acceptable, String field, String message) {
        if (!acceptable) {
            throw FailureException.invalid(field, message);
        }
    }

    static void matches(@Nullable String value, Pattern pattern, String field, String rule) {
        that(value != null && pattern.matcher(value).matches(), field, shown(value) + " is not acceptable: " + rule);
    }

    /** The value as it can be put into a sentence: short and without control characters. */
    static String shown(@Nullable String value) {
        if (value == null) {
            return "Nothing";
        }
        String cut = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
        return "\"" + cut.replaceAll("\\p{Cntrl}", "\uFFFD") + "\"";
    }
}
