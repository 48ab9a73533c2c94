package io.limiquantix.scheduler;

import io.limiquantix.bus.scheduler.HostView.State;
import java.time.Duration;

/** What the silence of a host means. Hosts report every 30 s, so one lost report alone is no alarm. */
final class Liveness {
    /** From here on it is worth asking. */
    static final Duration LATE = Duration.ofSeconds(35);

    static final Duration SUSPECT = Duration.ofSeconds(45);
    static final Duration DOWN = Duration.ofSeconds(90);

    private Liveness() {}

    static State after(Duration silence) {
        if (silence.compareTo(DOWN) >= 0) {
            return State.DOWN;
        }
        return silence.compareTo(SUSPECT) >= 0 ? State.SUSPECT : State.UP;
    }
}
