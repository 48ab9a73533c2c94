package io.limiquantix.bus.storage;

import java.time.Instant;
import java.util.List;

/**
 * How full a pool was over time.
 *
 * @param from where the first sample would be
 * @param until when it was asked for
 * @param spacingSeconds between neighbouring samples; where two are farther apart, no host could use the pool meanwhile
 * @param samples at most 400, the oldest first
 */
public record CapacityOverTime(Instant from, Instant until, long spacingSeconds, List<Sample> samples) {
    public CapacityOverTime {
        samples = List.copyOf(samples);
    }

    /** How far back it goes. */
    public enum Period {
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    /**
     * The pool when it was fullest between {@code at} and the next sample.
     *
     * @param totalBytes as far as hosts could use it
     */
    public record Sample(Instant at, long totalBytes, long usedBytes) {}
}
