package io.limiquantix.host.statistics;

import io.limiquantix.bus.host.StatisticsApi;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which steps of which level are read.
 *
 * @param first since 1970, in steps
 * @param merged how many neighbouring steps become one, so that no more come than a chart can show
 */
record Window(Level level, long first, int count, int merged) {
    static final int MOST_POINTS = 1_500;

    /** How fine, and for how long it is kept. */
    enum Level {
        RECENT(StatisticsApi.INTERVAL_SECONDS, Duration.ofHours(1)),
        MINUTES(KeptNumbers.MINUTE, Duration.ofHours(24)),
        QUARTERS(KeptNumbers.QUARTER, Duration.ofDays(30));

        private final int seconds;
        private final long keptSeconds;

        Level(int seconds, Duration kept) {
            this.seconds = seconds;
            this.keptSeconds = kept.toSeconds();
        }

        int seconds() {
            return seconds;
        }

        /** For how long steps of it are kept. */
        long keptSeconds() {
            return keptSeconds;
        }
    }

    /**
     * What of it can have been kept; the finest level that reaches back as far as it is asked for, unless another is wished.
     *
     * @param from seconds since 1970
     * @param resolution seconds; absent: the finest
     */
    static Window of(long from, long until, @Nullable Integer resolution, long now) {
        Level level = resolution == null ? finest(from, now) : wished(resolution);
        long end = Math.min(until, now) / level.seconds;
        long oldest = now / level.seconds - level.keptSeconds / level.seconds + 1;
        long first = Math.max(from / level.seconds, oldest);
        int count = (int) Math.max(0, end - first + 1);
        int merged = Math.max(1, (count + MOST_POINTS - 1) / MOST_POINTS);
        // Steps that are merged begin at the same times whenever it is asked.
        long aligned = first - first % merged;
        return new Window(level, aligned, count == 0 ? 0 : (int) (end - aligned + 1), merged);
    }

    private static Level finest(long from, long now) {
        for (Level level : Level.values()) {
            // Somebody who asks for the last hour asks a moment later.
            if (now - from <= level.keptSeconds + level.seconds) {
                return level;
            }
        }
        return Level.QUARTERS;
    }

    private static Level wished(int resolution) {
        for (Level level : Level.values()) {
            if (level.seconds == resolution) {
                return level;
            }
        }
        throw new IllegalArgumentException("numbers are not kept by " + resolution + " s");
    }

    long fromSeconds() {
        return first * level.seconds;
    }

    long stepSeconds() {
        return (long) merged * level.seconds;
    }
}
