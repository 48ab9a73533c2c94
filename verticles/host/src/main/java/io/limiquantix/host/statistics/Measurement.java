package io.limiquantix.host.statistics;

import io.limiquantix.bus.host.PackedNumbers;
import io.limiquantix.bus.host.StatisticsApi.Sample;
import io.limiquantix.bus.host.StatisticsApi.Shape;
import io.limiquantix.bus.host.StatisticsApi.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was read of all subjects at one moment, as messages that each have room on the bus. */
final class Measurement {
    /** With sixteen bytes for each, and names for shapes that nobody shares, far below a message's 1 MiB. */
    private static final int MOST_NUMBERS = 12_000;

    private final UUID hostId;
    private final String hostName;
    private final long second;
    private final List<Sample> full = new ArrayList<>();
    private final Map<List<String>, Integer> shapes = new HashMap<>();
    private final List<Shape> shapeList = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();
    private int numbers;

    Measurement(UUID hostId, String hostName, long second) {
        this.hostId = hostId;
        this.hostName = hostName;
        this.second = second;
    }

    /** @param vmId absent: the host itself */
    void add(@Nullable UUID vmId, Reading reading, Map<String, Double> current) {
        List<String> names = List.copyOf(new TreeSet<>(reading.values().keySet()));
        if (numbers + names.size() > MOST_NUMBERS && numbers > 0) {
            close();
        }
        double[] counted = new double[names.size()];
        float[] now = new float[names.size()];
        for (int i = 0; i < names.size(); i++) {
            counted[i] = reading.values().getOrDefault(names.get(i), Double.NaN);
            now[i] = current.getOrDefault(names.get(i), Double.NaN).floatValue();
        }
        int shape = shapes.computeIfAbsent(names, n -> {
            shapeList.add(new Shape(n));
            return shapeList.size() - 1;
        });
        subjects.add(new Subject(vmId, shape, PackedNumbers.ofDoubles(counted), PackedNumbers.ofFloats(now)));
        numbers += names.size();
    }

    private void close() {
        full.add(new Sample(hostId, hostName, second, shapeList, subjects));
        shapes.clear();
        shapeList.clear();
        subjects.clear();
        numbers = 0;
    }

    /** All of it. */
    List<Sample> messages() {
        if (!subjects.isEmpty()) {
            close();
        }
        return full;
    }
}
