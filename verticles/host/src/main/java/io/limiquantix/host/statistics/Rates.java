package io.limiquantix.host.statistics;

import io.limiquantix.bus.host.Measure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How fast one subject's counters grow. A counter that went back or began anew has no rate until it was read twice, and
 * neither has one that was not read for a while: what happened meanwhile says nothing about now. Used by one thread.
 */
final class Rates {
    private static final double NANOS = 1e9;
    private static final double LEAST_SECONDS = 0.5;

    private final double mostSeconds;
    private @Nullable Reading before;
    private long beforeNanos;

    /** @param most how long ago the reading before may be */
    Rates(Duration most) {
        this.mostSeconds = most.toNanos() / NANOS;
    }

    /**
     * The reading with what each second brought in place of each counter; counters without a rate are left out.
     *
     * @param nanos when it was read, by a clock that nobody sets
     */
    Map<String, Double> of(Reading reading, long nanos) {
        double seconds = (nanos - beforeNanos) / NANOS;
        Reading earlier = before;
        boolean comparable = earlier != null
                && earlier.life() == reading.life()
                && seconds >= LEAST_SECONDS
                && seconds <= mostSeconds;
        Map<String, Double> current = new HashMap<>();
        reading.values().forEach((series, value) -> {
            if (!isCounter(series)) {
                current.put(series, value);
            } else if (comparable && earlier != null) {
                Double was = earlier.values().get(series);
                if (was != null && value >= was) {
                    current.put(series, (value - was) / seconds);
                }
            }
        });
        before = reading;
        beforeNanos = nanos;
        return current;
    }

    static boolean isCounter(String series) {
        return Measure.named(series.substring(series.lastIndexOf('/') + 1))
                .map(Measure::isCounter)
                .orElse(false);
    }
}
