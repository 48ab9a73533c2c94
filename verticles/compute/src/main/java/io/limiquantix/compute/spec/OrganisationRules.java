package io.limiquantix.compute.spec;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By what people find a VM among many: labels and a folder. */
final class OrganisationRules {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int MOST_LABELS = 32;
    private static final int LONGEST_VALUE = 128;
    private static final int DEEPEST_FOLDER = 8;
    private static final int LONGEST_FOLDER = 63;
    private static final String FOLDER = "folder";

    private OrganisationRules() {}

    static void labels(Map<String, String> labels) {
        Check.that(labels.size() <= MOST_LABELS, "labels", "A VM has at most " + MOST_LABELS + " labels.");
        labels.forEach((key, value) -> {
            Check.matches(
                    key,
                    KEY,
                    "labels",
                    "a label's key has 1 to 63 letters, digits, \".\", \"_\", \"/\" or \"-\", and begins and ends with a"
                            + " letter or digit.");
            Check.that(
                    value.length() <= LONGEST_VALUE && !CONTROL.matcher(value).find(),
                    "labels",
                    "The value of the label \"" + key + "\" is not acceptable: it has at most " + LONGEST_VALUE
                            + " characters, and no control characters.");
        });
    }

    /** The folder in its one written form; absent for none. */
    static @Nullable String folder(@Nullable String folder) {
        if (folder == null || folder.isEmpty()) {
            return null;
        }
        List<String> names = List.of(folder.split("/", -1));
        Check.that(names.size() <= DEEPEST_FOLDER, FOLDER, "Folders are at most " + DEEPEST_FOLDER + " deep.");
        for (String name : names) {
            boolean good = !name.isEmpty()
                    && name.length() <= LONGEST_FOLDER
                    && name.equals(name.strip())
                    && !name.equals(".")
                    && !name.equals("..")
                    && !CONTROL.matcher(name).find();
            Check.that(
                    good,
                    FOLDER,
                    Check.shown(folder) + " is not acceptable: a folder is names with \"/\" between them, as in"
                            + " \"team/web\", each of 1 to " + LONGEST_FOLDER
                            + " characters without white space around them.");
        }
        return folder;
    }
}
