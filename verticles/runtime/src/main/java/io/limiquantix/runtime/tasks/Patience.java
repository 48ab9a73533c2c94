package io.limiquantix.runtime.tasks;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long tasks wait for others.
 *
 * @param request for one answer
 * @param step in all, while nobody answers
 * @param undo in all, while nobody answers and something is to be taken back
 */
record Patience(Duration request, Duration step, Duration undo) {
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int DOUBLINGS = 5;

    static final Patience DEFAULT = new Patience(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofHours(24));

    /** How long to wait before the next attempt, longer after each. */
    Duration pause(int attempt) {
        long base = Math.min(FIRST_PAUSE_MILLIS << Math.min(attempt, DOUBLINGS), LONGEST_PAUSE_MILLIS);
        return Duration.ofMillis(base + ThreadLocalRandom.current().nextLong(base / 4));
    }
}
