package io.limiquantix.bus;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param cursor where the previous page ended, absent for the first
 * @param limit 1 to 1,000
 */
public record Page(@Nullable String cursor, int limit) {
    public static final Page FIRST = new Page(null, 100);
}
