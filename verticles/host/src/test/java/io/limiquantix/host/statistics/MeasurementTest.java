package io.limiquantix.host.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Wire;
import io.limiquantix.bus.host.StatisticsApi.Sample;
import io.limiquantix.bus.host.StatisticsApi.Subject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private static final int MESSAGE = 1 << 20;
    private static final UUID HOST = UUID.fromString("0198c0de-0000-7000-8000-000000000001");

    private static Map<String, Double> values(int disks) {
        Map<String, Double> values = new HashMap<>();
        values.put("cpuSeconds", 123.456);
        values.put("memoryActual", 8e9);
        for (int i = 0; i < disks; i++) {
            for (String measure : List.of("readBytes", "writtenBytes", "readOperations", "writeOperations")) {
                values.put("disk/vd" + (char) ('a' + i) + "/" + measure, 1e12 + i);
            }
        }
        return values;
    }

    /** @param disks of each, by its number */
    private static List<Sample> thousand(IntUnaryOperator disks) throws Exception {
        Measurement measurement = new Measurement(HOST, "kvm1", 1_795_975_268);
        for (int i = 0; i < 1_000; i++) {
            Map<String, Double> values = values(disks.applyAsInt(i));
            measurement.add(new UUID(1, i), new Reading(1, values), values);
        }
        List<Sample> messages = measurement.messages();
        Set<UUID> told = new HashSet<>();
        for (Sample message : messages) {
            byte[] bytes = Wire.encode(message);
            assertThat(bytes.length).isLessThan(MESSAGE);
            assertThat(Wire.decode(bytes, Sample.class)).isEqualTo(message);
            message.subjects().forEach(subject -> told.add(subject.vmId()));
        }
        assertThat(told).hasSize(1_000);
        return messages;
    }

    @Test
    void aThousandGuestsFitIntoAFewMessages() throws Exception {
        List<Sample> messages = thousand(i -> 5);
        assertThat(messages).hasSizeBetween(1, 3);
        assertThat(messages.getFirst().shapes()).hasSize(1);
    }

    @Test
    void aThousandGuestsOfWhichHardlyTwoAreAlikeDoToo() throws Exception {
        thousand(i -> 1 + i % 25);
    }

    @Test
    void numbersStandWhereTheirNamesDo() {
        Measurement measurement = new Measurement(HOST, "kvm1", 7);
        measurement.add(null, new Reading(1, Map.of("cpuSeconds", 9.5, "load", 2.0)), Map.of("load", 2.0));
        Sample sample = measurement.messages().getFirst();
        Subject host = sample.subjects().getFirst();
        assertThat(sample.shapes().get(host.shape()).series()).containsExactly("cpuSeconds", "load");
        assertThat(host.counted().doubles()).containsExactly(9.5, 2.0);
        assertThat(host.current().floats()).containsExactly(Float.NaN, 2f);
    }
}
