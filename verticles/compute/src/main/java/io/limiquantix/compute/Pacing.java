package io.limiquantix.compute;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Lets something through not more often than so. For one thread. */
final class Pacing {
    private final Clock clock;
    private final Duration pause;
    private Instant next;

    private Pacing(Clock clock, Duration pause, Instant first) {
        this.clock = clock;
        this.pause = pause;
        this.next = first;
    }

    /** What lets the first through at once. */
    static Pacing atOnce(Clock clock, Duration pause) {
        return new Pacing(clock, pause, Instant.MIN);
    }

    /** What lets the first through when the pause is over. */
    static Pacing later(Clock clock, Duration pause) {
        return new Pacing(clock, pause, clock.instant().plus(pause));
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
