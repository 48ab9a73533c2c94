package io.limiquantix.host.statistics;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Series of numbers over the same steps; NaN where there is none. */
final class Columns {
    private final int count;
    private final Map<String, float[]> series = new TreeMap<>();

    Columns(int count) {
        this.count = count;
    }

    int count() {
        return count;
    }

    /** In the order of their names. */
    Map<String, float[]> series() {
        return series;
    }

    void set(String name, int step, float number) {
        if (!Float.isNaN(number)) {
            series.computeIfAbsent(name, n -> empty())[step] = number;
        }
    }

    private float[] empty() {
        float[] numbers = new float[count];
        Arrays.fill(numbers, Float.NaN);
        return numbers;
    }

    /** The numbers of one step. */
    Map<String, Float> row(int step) {
        Map<String, Float> row = new TreeMap<>();
        series.forEach((name, numbers) -> {
            if (!Float.isNaN(numbers[step])) {
                row.put(name, numbers[step]);
            }
        });
        return row;
    }

    /** Means of so many neighbouring steps each, of those that have a number. */
    Columns merged(int neighbours) {
        if (neighbours == 1) {
            return this;
        }
        Columns merged = new Columns((count + neighbours - 1) / neighbours);
        series.forEach((name, numbers) -> {
            for (int i = 0; i < merged.count; i++) {
                int from = i * neighbours;
                merged.set(name, i, mean(numbers, from, Math.min(count, from + neighbours)));
            }
        });
        return merged;
    }

    private static float mean(float[] numbers, int from, int until) {
        double sum = 0;
        int found = 0;
        for (int i = from; i < until; i++) {
            if (!Float.isNaN(numbers[i])) {
                sum += numbers[i];
                found++;
            }
        }
        return found == 0 ? Float.NaN : (float) (sum / found);
    }

    /** The mean of each series over all steps, of those that have one. */
    Map<String, Float> means() {
        Map<String, Float> means = new TreeMap<>();
        merged(Math.max(1, count)).series.forEach((name, numbers) -> means.put(name, numbers[0]));
        return means;
    }
}
