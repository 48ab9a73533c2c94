package io.limiquantix.compute;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Lets something through at once and then not more often than so. For one thread. */
final class Pacing {
    private final Clock clock;
    private final Duration pause;
    private Instant next = Instant.MIN;

    Pacing(Clock clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
    }

    boolean isDue() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return false;
        }
        next = now.plus(pause);
        return true;
    }
}
