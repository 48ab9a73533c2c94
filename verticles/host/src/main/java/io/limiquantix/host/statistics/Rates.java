package io.limiquantix.host.statistics;

import io.limiquantix.bus.host.Measure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast one subject's counters grow. A counter that went back or began anew has no rate until it was read twice, and
 * neither has one that was not read for a while: what happened meanwhile says nothing about now. A reading without a counter, as of a
 * guest whose QEMU is busy with something else, costs it nothing but that reading. Used by one thread.
 */
final class Rates {
    private static final double NANOS = 1e9;
    private static final double LEAST_SECONDS = 0.5;

    private final double mostSeconds;
    private final Map<String, Counted> before = new HashMap<>();
    private long life;

    /** What a counter was when it was read. */
    private record Counted(double value, long nanos) {
        double secondsUntil(long later) {
            return (later - nanos) / NANOS;
        }
    }

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
        if (reading.life() != life) {
            before.clear();
            life = reading.life();
        }
        before.values().removeIf(counted -> counted.secondsUntil(nanos) > mostSeconds);
        Map<String, Double> current = new HashMap<>();
        reading.values().forEach((series, value) -> {
            if (!isCounter(series)) {
                current.put(series, value);
                return;
            }
            Counted was = before.put(series, new Counted(value, nanos));
            if (was != null && value >= was.value() && was.secondsUntil(nanos) >= LEAST_SECONDS) {
                current.put(series, (value - was.value()) / was.secondsUntil(nanos));
            }
        });
        return current;
    }

    static boolean isCounter(String series) {
        return Measure.named(series.substring(series.lastIndexOf('/') + 1))
                .map(Measure::isCounter)
                .orElse(false);
    }
}
