package io.limiquantix.host.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.host.libvirt.DomainFigures;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** On what {@code virsh domstats} said of a tiny guest with libvirt 11.3. */
class GuestReadingTest {
    private static final long ANSWERED = 1_795_975_268;

    private final Map<String, Long> numbers = new HashMap<>(Map.ofEntries(
            Map.entry("cpu.time", 10_703_280_000L),
            Map.entry("balloon.current", 196_608L),
            Map.entry("balloon.unused", 116_216L),
            Map.entry("balloon.available", 157_840L),
            Map.entry("balloon.usable", 120_868L),
            Map.entry("balloon.last-update", ANSWERED),
            Map.entry("balloon.rss", 252_860L),
            Map.entry("vcpu.current", 2L),
            Map.entry("net.count", 1L),
            Map.entry("net.0.rx.bytes", 3_272L),
            Map.entry("net.0.rx.errs", 1L),
            Map.entry("net.0.tx.errs", 2L),
            Map.entry("block.count", 1L),
            Map.entry("block.0.rd.reqs", 1_308L),
            Map.entry("block.0.rd.times", 607_645_507L)));

    private Map<String, Double> read(long now) {
        var figures = new DomainFigures(UUID.randomUUID(), 3, numbers, Map.of("block.0.name", "vda"));
        return GuestReading.of(figures, now).values();
    }

    @Test
    void numbersComeInBaseUnits() {
        assertThat(read(ANSWERED + 3))
                .hasEntrySatisfying("cpuSeconds", s -> assertThat(s).isBetween(10.7032, 10.7033))
                .containsEntry("cpuCount", 2.0)
                .containsEntry("memoryActual", 196_608.0 * 1024)
                .containsEntry("memoryUnused", 116_216.0 * 1024)
                .containsEntry("memoryResident", 252_860.0 * 1024)
                .containsEntry("nic/0/receivedBytes", 3_272.0)
                .containsEntry("nic/0/errors", 3.0)
                .containsEntry("disk/vda/readOperations", 1_308.0)
                .hasEntrySatisfying("disk/vda/readSeconds", s -> assertThat(s).isBetween(0.6, 0.61))
                .doesNotContainKey("disk/vda/writeOperations");
    }

    @Test
    void aBalloonDriverThatDoesNotAnswerAnyMoreIsNotQuoted() {
        assertThat(read(ANSWERED + 31))
                .containsKeys("memoryActual", "memoryResident")
                .doesNotContainKeys("memoryUnused", "memoryAvailable", "memoryUsable");
        numbers.remove("balloon.last-update");
        assertThat(read(ANSWERED)).doesNotContainKey("memoryUnused");
    }
}
