package io.limiquantix.host.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.Measure;
import io.limiquantix.bus.host.Measure.DeviceKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final String CPU = Measure.CPU_SECONDS.series();
    private static final String WRITTEN = Measure.WRITTEN_BYTES.of(DeviceKind.DISK, "vda");
    private static final String MEMORY = Measure.MEMORY_ACTUAL.series();

    private final Rates rates = new Rates(Duration.ofSeconds(15));

    private Map<String, Double> at(double second, long life, Map<String, Double> values) {
        return rates.of(new Reading(life, values), (long) (second * 1e9));
    }

    @Test
    void aCounterHasARateFromItsSecondReadingOnAndAllElseIsAsItIs() {
        assertThat(at(0, 1, Map.of(CPU, 100.0, MEMORY, 7.0))).isEqualTo(Map.of(MEMORY, 7.0));
        assertThat(at(5, 1, Map.of(CPU, 110.0, MEMORY, 9.0))).isEqualTo(Map.of(CPU, 2.0, MEMORY, 9.0));
        assertThat(at(10, 1, Map.of(CPU, 110.0, MEMORY, 9.0))).containsEntry(CPU, 0.0);
    }

    @Test
    void aCounterThatWentBackHasNoRateAndOthersDo() {
        at(0, 1, Map.of(CPU, 100.0, WRITTEN, 1e9));
        assertThat(at(5, 1, Map.of(CPU, 105.0, WRITTEN, 10.0))).isEqualTo(Map.of(CPU, 1.0));
        assertThat(at(10, 1, Map.of(CPU, 110.0, WRITTEN, 60.0))).isEqualTo(Map.of(CPU, 1.0, WRITTEN, 10.0));
    }

    @Test
    void aGuestThatWasStartedAnewHasNoRateAlsoWhereItsCountersAreAheadAlready() {
        at(0, 1, Map.of(WRITTEN, 10.0));
        assertThat(at(5, 2, Map.of(WRITTEN, 5e9))).isEmpty();
        assertThat(at(10, 2, Map.of(WRITTEN, 5e9 + 5))).containsEntry(WRITTEN, 1.0);
    }

    @Test
    void afterASampleThatIsMissingTheNextOneSaysTheMeanAndAfterThreeNothing() {
        at(0, 1, Map.of(CPU, 0.0));
        assertThat(at(10, 1, Map.of(CPU, 5.0))).containsEntry(CPU, 0.5);
        assertThat(at(30, 1, Map.of(CPU, 10.0))).isEmpty();
        assertThat(at(35, 1, Map.of(CPU, 15.0))).containsEntry(CPU, 1.0);
    }

    @Test
    void aReadingWithoutACounterLosesNothingOfWhatItCounted() {
        at(0, 1, Map.of(CPU, 0.0, WRITTEN, 0.0));
        assertThat(at(5, 1, Map.of(CPU, 5.0))).isEqualTo(Map.of(CPU, 1.0));
        assertThat(at(10, 1, Map.of(CPU, 10.0, WRITTEN, 100.0))).isEqualTo(Map.of(CPU, 1.0, WRITTEN, 10.0));
    }

    @Test
    void readingsThatCameTogetherSayNothing() {
        at(0, 1, Map.of(CPU, 0.0));
        assertThat(at(0.001, 1, Map.of(CPU, 1.0))).isEmpty();
    }

    @Test
    void aDeviceThatIsNewHasNoRateYet() {
        at(0, 1, Map.of(CPU, 0.0));
        assertThat(at(5, 1, Map.of(CPU, 5.0, WRITTEN, 1e12))).isEqualTo(Map.of(CPU, 1.0));
    }
}
