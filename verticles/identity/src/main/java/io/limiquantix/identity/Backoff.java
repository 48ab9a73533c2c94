package io.limiquantix.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a subject waits after failed attempts: some are free, then the wait doubles up to a limit, so that nobody is
 * locked out for ever. A long quiet time forgives everything.
 */
record Backoff(int free, Duration longest) {
    static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 20;

    /** Failures that still count now. */
    int remembered(int failures, Instant last, Instant now) {
        return last.plus(FORGOTTEN_AFTER).isBefore(now) ? 0 : failures;
    }

    /** How long to wait from now, zero when an attempt is allowed. */
    Duration wait(int failures, Instant last, Instant now) {
        int counted = remembered(failures, last, now);
        if (counted < free) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(counted - free, MAX_DOUBLINGS));
        Duration delay = doubled.compareTo(longest) < 0 ? doubled : longest;
        Duration left = Duration.between(now, last.plus(delay));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
