package io.limiquantix.gateway.statistics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Series as the API answers them.
 *
 * @param times when each step begins, in seconds since 1970
 * @param problem why there is nothing, or nothing now
 */
record StatisticsBody(
        @Nullable UUID hostId,
        Instant from,
        Instant to,
        long resolutionSeconds,
        List<Long> times,
        List<Series> series,
        @Nullable String problem) {

    /** @param values as many as there are times; null where nothing was measured */
    record Series(String name, String kind, @Nullable String device, String unit, List<@Nullable Float> values) {
        static Series of(ShownSeries shown) {
            return new Series(shown.name(), shown.kind(), shown.device(), shown.unit(), listed(shown.numbers()));
        }
    }

    /** The newest numbers of a VM or host; none while nothing fresh is known. */
    record LatestBody(@Nullable UUID hostId, @Nullable Instant at, List<LatestSeries> series) {}

    record LatestSeries(String name, String kind, @Nullable String device, String unit, float value) {}

    private static List<@Nullable Float> listed(float[] numbers) {
        List<@Nullable Float> values = new ArrayList<>(numbers.length);
        for (float number : numbers) {
            values.add(Float.isFinite(number) ? number : null);
        }
        return values;
    }
}
