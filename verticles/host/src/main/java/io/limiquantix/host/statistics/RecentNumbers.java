package io.limiquantix.host.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** One subject's numbers of the last hour, in memory: a ring of steps for each series. Safe for any thread. */
final class RecentNumbers {
    private static final int MOST_SERIES = 1_024;

    private final int steps;
    /** Which step a place of the rings holds; another one there means that nothing was noted. */
    private final long[] noted;

    private final Map<String, float[]> rings = new HashMap<>();

    RecentNumbers(int steps) {
        this.steps = steps;
        this.noted = new long[steps];
        Arrays.fill(noted, -1);
    }

    /** @param step since 1970 */
    synchronized void note(long step, Map<String, Double> values) {
        int place = (int) (step % steps);
        noted[place] = step;
        rings.values().forEach(ring -> ring[place] = Float.NaN);
        values.forEach((series, value) -> {
            float[] ring = rings.get(series);
            if (ring == null && rings.size() < MOST_SERIES) {
                ring = new float[steps];
                Arrays.fill(ring, Float.NaN);
                rings.put(series, ring);
            }
            if (ring != null) {
                ring[place] = value.floatValue();
            }
        });
    }

    /** Adds numbers of others where a step has none. */
    synchronized void fill(long firstStep, Columns others) {
        for (int i = 0; i < others.count(); i++) {
            long step = firstStep + i;
            Map<String, Double> row = new HashMap<>();
            others.row(i).forEach((series, number) -> row.put(series, number.doubleValue()));
            long there = noted[(int) (step % steps)];
            if (there == step) {
                read(step, 1).row(0).forEach((series, number) -> row.put(series, number.doubleValue()));
            }
            if (there <= step && !row.isEmpty()) {
                note(step, row);
            }
        }
    }

    /** Gives the room back of a subject of which nothing was noted for as long as is kept. */
    synchronized void forgetBefore(long step) {
        for (long one : noted) {
            if (one >= step) {
                return;
            }
        }
        rings.clear();
    }

    synchronized Columns read(long firstStep, int count) {
        Columns columns = new Columns(count);
        for (int i = 0; i < count; i++) {
            int place = (int) ((firstStep + i) % steps);
            if (noted[place] == firstStep + i) {
                int step = i;
                rings.forEach((series, ring) -> columns.set(series, step, ring[place]));
            }
        }
        return columns;
    }
}
