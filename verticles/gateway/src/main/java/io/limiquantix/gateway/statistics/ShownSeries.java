package io.limiquantix.gateway.statistics;

import io.limiquantix.bus.host.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A series as the API shows it.
 *
 * @param kind {@code machine}, {@code disk} or {@code nic}
 * @param device absent where there is one only
 * @param unit as the contract explains it
 * @param numbers NaN where there is none
 */
@SuppressWarnings("ArrayRecordComponent")
record ShownSeries(String name, String kind, @Nullable String device, String unit, float[] numbers) {
    private static final float PERCENT = 100;

    private static final List<Rule> RULES = List.of(
            new Rule("cpuPercent", "%", Measure.CPU_SECONDS, null, (cpu, none) -> cpu * PERCENT),
            new Rule("cpuOfAllPercent", "%", Measure.CPU_SECONDS, Measure.CPU_COUNT, (cpu, all) -> cpu / all * PERCENT),
            plain(Measure.CPU_COUNT, "1"),
            plain(Measure.MEMORY_ACTUAL, "B"),
            plain(Measure.MEMORY_AVAILABLE, "B"),
            plain(Measure.MEMORY_UNUSED, "B"),
            plain(Measure.MEMORY_USABLE, "B"),
            plain(Measure.MEMORY_RESIDENT, "B"),
            plain(Measure.MEMORY_TOTAL, "B"),
            plain(Measure.MEMORY_USED, "B"),
            plain(Measure.LOAD, "1"),
            plain(Measure.READ_BYTES, "B/s"),
            plain(Measure.WRITTEN_BYTES, "B/s"),
            plain(Measure.READ_OPERATIONS, "1/s"),
            plain(Measure.WRITE_OPERATIONS, "1/s"),
            plain(Measure.FLUSH_OPERATIONS, "1/s"),
            mean("readLatency", Measure.READ_SECONDS, Measure.READ_OPERATIONS),
            mean("writeLatency", Measure.WRITE_SECONDS, Measure.WRITE_OPERATIONS),
            mean("flushLatency", Measure.FLUSH_SECONDS, Measure.FLUSH_OPERATIONS),
            plain(Measure.RECEIVED_BYTES, "B/s"),
            plain(Measure.SENT_BYTES, "B/s"),
            plain(Measure.RECEIVED_PACKETS, "1/s"),
            plain(Measure.SENT_PACKETS, "1/s"),
            plain(Measure.NETWORK_ERRORS, "1/s"),
            plain(Measure.NETWORK_DROPS, "1/s"));

    /** How a shown number is made of one or two that were measured. */
    private record Rule(
            String name,
            String unit,
            Measure first,
            @Nullable Measure second,
            Formula formula) {}

    private interface Formula {
        float of(float first, float second);
    }

    private record Device(String kind, String name) implements Comparable<Device> {
        @Override
        public int compareTo(Device other) {
            int kinds = kind.compareTo(other.kind);
            return kinds == 0 ? name.compareTo(other.name) : kinds;
        }
    }

    private static Rule plain(Measure measure, String unit) {
        return new Rule(measure.label(), unit, measure, null, (number, none) -> number);
    }

    /** Where nothing was done, nothing took any time. */
    private static Rule mean(String name, Measure seconds, Measure operations) {
        return new Rule(name, "s", seconds, operations, (took, done) -> done > 0 ? took / done : Float.NaN);
    }

    /** @param measured by the names that hosts use */
    static List<ShownSeries> of(Map<String, float[]> measured) {
        Map<Device, Map<Measure, float[]>> devices = new TreeMap<>();
        measured.forEach((name, numbers) -> SeriesName.parse(name).ifPresent(parsed -> devices.computeIfAbsent(
                        new Device(parsed.kind(), parsed.device()), d -> new EnumMap<>(Measure.class))
                .put(parsed.measure(), numbers)));
        List<ShownSeries> shown = new ArrayList<>();
        devices.forEach((device, numbers) -> RULES.forEach(rule -> add(rule, device, numbers, shown)));
        return shown;
    }

    private static void add(Rule rule, Device device, Map<Measure, float[]> measured, List<ShownSeries> shown) {
        float[] first = measured.get(rule.first());
        float[] second = rule.second() == null ? first : measured.get(rule.second());
        if (first == null || second == null) {
            return;
        }
        float[] numbers = new float[first.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = rule.formula().of(first[i], second[i]);
        }
        String name = device.name().isEmpty() ? null : device.name();
        shown.add(new ShownSeries(rule.name(), device.kind(), name, rule.unit(), numbers));
    }
}
