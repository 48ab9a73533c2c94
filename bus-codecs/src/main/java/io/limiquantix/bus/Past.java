package io.limiquantix.bus;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the past of one thing is asked for, of those who each keep a share of it. Answers are ordered by time and then by id, newest
 * first; filters are joined by "and".
 *
 * @param of the thing
 * @param kinds any of these, as whoever is asked calls what it keeps; empty for all
 * @param by who did it, whatever the case of its letters; what nobody did is left out where it is present
 * @param from the first moment that is wanted
 * @param to the first moment that is no longer wanted
 * @param before where the page before ended
 * @param limit 1 to 1,001
 */
public record Past(
        UUID of,
        List<String> kinds,
        @Nullable String by,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Before before,
        int limit) {
    public Past {
        kinds = List.copyOf(kinds);
    }

    /**
     * What is before a moment; of what is at it, only what has a smaller id.
     *
     * @param id absent: nothing of what is at it
     */
    public record Before(Instant at, @Nullable String id) {}
}
