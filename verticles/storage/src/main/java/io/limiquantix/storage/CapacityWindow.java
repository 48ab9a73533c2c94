package io.limiquantix.storage;

import io.limiquantix.bus.storage.CapacityOverTime.Period;
import java.time.Duration;
import java.time.Instant;

/**
 * The stretch of time that a period shows.
 *
 * @param from where its first sample would be
 * @param spacing between neighbouring samples, such that they are no more than 400
 */
record CapacityWindow(Instant from, Instant until, Duration spacing) {
    /** The window of the period that ends now. */
    static CapacityWindow of(Period period, Instant now) {
        return switch (period) {
            case DAY -> ending(now, Duration.ofDays(1), Duration.ofMinutes(5));
            case WEEK -> ending(now, Duration.ofDays(7), Duration.ofHours(1));
            case MONTH -> ending(now, Duration.ofDays(30), Duration.ofHours(2));
            case YEAR -> ending(now, Duration.ofDays(365), Duration.ofDays(1));
        };
    }

    private static CapacityWindow ending(Instant now, Duration length, Duration spacing) {
        return new CapacityWindow(slot(now, spacing).minus(length).plus(spacing), now, spacing);
    }

    /** Where the slot of so long begins that the moment is in; the same for every process, as all count from 1970. */
    static Instant slot(Instant moment, Duration length) {
        return moment.minusNanos(moment.getNano())
                .minusSeconds(Math.floorMod(moment.getEpochSecond(), length.toSeconds()));
    }
}
