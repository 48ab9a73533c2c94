package io.limiquantix.gateway.history;

import io.limiquantix.bus.Past.Before;
import io.limiquantix.gateway.contract.InvalidRequestException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an entry is in a history: newest first, then by category, then by descending id.
 *
 * @param at in whole microseconds, as the database keeps times
 * @param id among those of its category
 */
record Place(Instant at, Category category, String id) {
    /** Of two places, the one that is shown first; ids of one category are ordered by whoever keeps them. */
    static final Comparator<Place> NEWEST_FIRST =
            Comparator.comparing(Place::at).reversed().thenComparing(Place::category);

    private static final Pattern CURSOR = Pattern.compile("(-?\\d{1,17})\\.(EVENT|TASK|ACTION)\\.([0-9a-f-]{1,36})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Refused when it is none that {@link #cursor} made. */
    static Place of(String cursor) {
        Matcher parts = CURSOR.matcher(cursor);
        if (parts.matches()) {
            Category category = Category.valueOf(parts.group(2));
            String id = parts.group(3);
            Pattern ids = category == Category.TASK ? UUID : NUMBER;
            if (ids.matcher(id).matches()) {
                return new Place(Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS), category, id);
            }
        }
        throw InvalidRequestException.of("cursor", "is not one that this list returned.");
    }

    String cursor() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + category + "." + id;
    }

    /** From where on entries of the category come after this place. */
    Before before(Category other) {
        if (other == category) {
            return new Before(at, id);
        }
        // Those of the same moment come later when their category does.
        return new Before(other.compareTo(category) > 0 ? at.plus(1, ChronoUnit.MICROS) : at, null);
    }
}
