package io.limiquantix.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * The section {@code scheduler}: how full a host may become.
 *
 * @param vcpusPerCore how many virtual CPUs may share one logical processor, 8 unless told
 * @param memoryReservePercent what is kept for the host itself, 5 unless told and never less than 256 MiB
 */
public record SchedulerConfig(
        @Nullable Integer vcpusPerCore, @Nullable Integer memoryReservePercent) {
    private static final int DEFAULT_VCPUS_PER_CORE = 8;
    private static final int DEFAULT_RESERVE_PERCENT = 5;
    private static final long LEAST_RESERVE_BYTES = 256L << 20;
    private static final int MOST_VCPUS_PER_CORE = 64;
    private static final int MOST_RESERVE_PERCENT = 90;

    public SchedulerConfig {
        if (vcpusPerCore != null && (vcpusPerCore < 1 || vcpusPerCore > MOST_VCPUS_PER_CORE)) {
            throw new IllegalArgumentException("scheduler.vcpusPerCore must be 1 to " + MOST_VCPUS_PER_CORE + ".");
        }
        if (memoryReservePercent != null && (memoryReservePercent < 0 || memoryReservePercent > MOST_RESERVE_PERCENT)) {
            throw new IllegalArgumentException(
                    "scheduler.memoryReservePercent must be 0 to " + MOST_RESERVE_PERCENT + ".");
        }
    }

    /** How many virtual CPUs a host with so many logical processors may give away. */
    public long vcpusOf(int cores) {
        return (long) cores * (vcpusPerCore == null ? DEFAULT_VCPUS_PER_CORE : vcpusPerCore);
    }

    /** How much memory a host with so much may give away. */
    public long memoryOf(long bytes) {
        int percent = memoryReservePercent == null ? DEFAULT_RESERVE_PERCENT : memoryReservePercent;
        return Math.max(0, bytes - Math.max(LEAST_RESERVE_BYTES, bytes / 100 * percent));
    }
}
