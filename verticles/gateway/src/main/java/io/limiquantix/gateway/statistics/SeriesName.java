package io.limiquantix.gateway.statistics;

import io.limiquantix.bus.host.Measure;
import java.util.Optional;

/**
 * What the name of a series says; see {@link Measure#of}.
 *
 * @param kind of the device: {@code disk}, {@code nic}; {@code machine} when it is of no device
 * @param device empty when it is of none
 */
record SeriesName(String kind, String device, Measure measure) {
    private static final int PARTS = 3;

    /** Nothing for a measure of a neighbouring version. */
    static Optional<SeriesName> parse(String name) {
        String[] parts = name.split("/", PARTS);
        Optional<Measure> measure = Measure.named(parts[parts.length - 1]);
        return parts.length == PARTS
                ? measure.map(m -> new SeriesName(parts[0], parts[1], m))
                : measure.map(m -> new SeriesName("machine", "", m));
    }
}
