package io.limiquantix.identity;

import io.limiquantix.bus.identity.IdentityApi;
import io.limiquantix.runtime.bus.Bus;
import java.time.Clock;
import java.util.List;

/** Sessions that nobody ended: what is still open of them, such as a console, must not outlive them. */
final class ExpiredSessions {
    private final Bus bus;
    private final Sessions sessions;
    private final Clock clock;

    ExpiredSessions(Bus bus, Sessions sessions, Clock clock) {
        this.bus = bus;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Forgets those whose time is over and tells every gateway. Blocks. */
    void end() {
        List<String> tokens = sessions.prune(clock.instant());
        if (!tokens.isEmpty()) {
            bus.publish(IdentityApi.SESSIONS_ENDED, new IdentityApi.SessionsEnded(tokens));
        }
    }
}
