package io.limiquantix.host.download;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Whether a download gets on. For one thread. */
final class Headway {
    private final Duration window;
    private final long leastBytes;
    private final InstantSource clock;
    private Instant since;
    private long bytesThen;

    /** @param leastBytes what has to come in each window of time */
    Headway(Duration window, long leastBytes, InstantSource clock) {
        this.window = window;
        this.leastBytes = leastBytes;
        this.clock = clock;
        this.since = clock.instant();
    }

    /**
     * Tells whether enough came in the time that is over.
     *
     * @param bytes that have come altogether; fewer than before where it began anew
     */
    boolean isEnough(long bytes) {
        bytesThen = Math.min(bytesThen, bytes);
        Instant now = clock.instant();
        if (now.isBefore(since.plus(window))) {
            return true;
        }
        boolean enough = bytes - bytesThen >= leastBytes;
        since = now;
        bytesThen = bytes;
        return enough;
    }
}
