package io.limiquantix.images;

import io.limiquantix.bus.FailureException;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a tag may be: a short word by which people find images again. */
final class TagRules {
    private static final int MOST = 20;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+-]{0,39}");

    private TagRules() {}

    /**
     * In the order of the alphabet, and each once whatever the case of its letters.
     *
     * @throws FailureException {@code INVALID}
     */
    static List<String> accept(List<String> said) {
        TreeMap<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String tag : said) {
            if (!TAG.matcher(tag).matches()) {
                throw FailureException.invalid(
                        "tags",
                        "A tag has at most 40 letters, digits, dots, underscores, colons, slashes, pluses and hyphens; the"
                                + " first is a letter or a digit.");
            }
            tags.putIfAbsent(tag, tag);
        }
        if (tags.size() > MOST) {
            throw FailureException.invalid("tags", "An image has at most " + MOST + " tags.");
        }
        return List.copyOf(tags.values());
    }
}
