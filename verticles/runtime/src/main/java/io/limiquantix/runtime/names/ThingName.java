package io.limiquantix.runtime.names;

import io.limiquantix.bus.FailureException;
import java.util.regex.Pattern;

/** What pools, volumes and images may be called, whoever asks for it. */
public final class ThingName {
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private ThingName() {}

    /** @throws FailureException {@code INVALID} with the field {@code name}; it never repeats what was sent */
    public static void require(String name) {
        if (!ACCEPTABLE.matcher(name).matches()) {
            throw FailureException.invalid(
                    "name",
                    "A name has 1 to 63 letters, digits, \".\", \"_\" or \"-\" and begins with a letter or digit.");
        }
    }
}
