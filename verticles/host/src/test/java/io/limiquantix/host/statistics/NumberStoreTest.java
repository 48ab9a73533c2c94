package io.limiquantix.host.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberStoreTest {
    private static final UUID VM = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    /** The beginning of a quarter of an hour. */
    private static final long START = 1_795_975_200;

    private final Path folder;
    private NumberStore store;

    NumberStoreTest(@TempDir Path folder) {
        this.folder = folder;
        this.store = NumberStore.in(folder);
    }

    /** As the sampler does, with the second since the start as the number. */
    private void measure(int from, int until) {
        for (int second = from; second < until; second += 5) {
            store.note(VM, START + second, Map.of("cpuSeconds", (double) second));
            store.keepUntil(START + second);
        }
    }

    private float[] numbers(long from, long until, @Nullable Integer resolution, long now) {
        return requireNonNull(read(from, until, resolution, now).series().get("cpuSeconds"));
    }

    private Columns read(long from, long until, @Nullable Integer resolution, long now) {
        Window window = Window.of(START + from, START + until, resolution, START + now);
        return store.read(VM, window).merged(window.merged());
    }

    @Test
    void keepsMinutesAndQuartersAsMeans() {
        measure(0, 1_860);
        assertThat(numbers(0, 20, 5, 1_855)).containsExactly(0, 5, 10, 15, 20);
        assertThat(numbers(0, 120, 60, 1_855)).containsExactly(27.5f, 87.5f, 147.5f);
        assertThat(numbers(0, 1_800, 900, 1_855)).containsExactly(447.5f, 1_347.5f, Float.NaN);
    }

    @Test
    void aProcessThatDiesLosesTheMinuteThatWasUnderWayAndNoQuarter() {
        measure(0, 875);
        store = NumberStore.in(folder);
        store.keepOnly(Set.of(VM));
        measure(920, 990);
        float[] minutes = numbers(0, 960, 60, 990);
        assertThat(minutes[13]).isEqualTo(807.5f);
        assertThat(minutes[14]).as("under way at the death").isNaN();
        assertThat(minutes[15]).isEqualTo(937.5f);
        assertThat(numbers(0, 899, 900, 990)).containsExactly(417.5f);
    }

    @Test
    void whatWasNotMeasuredIsAGapOnEachLevel() {
        measure(0, 300);
        for (int second = 300; second < 600; second += 5) {
            store.keepUntil(START + second);
        }
        measure(600, 700);
        float[] steps = numbers(290, 610, 5, 695);
        assertThat(steps[1]).isEqualTo(295);
        assertThat(steps[2]).isNaN();
        assertThat(steps[steps.length - 1]).isEqualTo(610);
        float[] minutes = numbers(240, 660, 60, 695);
        assertThat(minutes[0]).isEqualTo(267.5f);
        assertThat(minutes[1]).isNaN();
        assertThat(minutes[5]).isNaN();
        assertThat(minutes[6]).isEqualTo(627.5f);
    }

    @Test
    void choosesTheFinestThatReachesBackFarEnoughAndNoMorePointsThanAChartShows() {
        long now = START;
        assertThat(Window.of(now - 3_600, now, null, now).stepSeconds()).isEqualTo(5);
        assertThat(Window.of(now - 86_400, now, null, now).stepSeconds()).isEqualTo(60);
        Window month = Window.of(now - 30 * 86_400, now, null, now);
        assertThat(month.stepSeconds()).isEqualTo(1_800);
        assertThat(month.count() / month.merged()).isLessThanOrEqualTo(1_500);
        assertThat(Window.of(0, now, 5, now).count()).isEqualTo(720);
        assertThat(Window.of(now + 100, now + 200, null, now).count()).isZero();
    }

    @Test
    void theNumbersOfAGuestThatIsGoneGoWithIt() throws IOException {
        measure(0, 70);
        assertThat(filesOf(VM)).isPositive();
        for (int look = 0; look < 11; look++) {
            store.keepOnly(Set.of());
        }
        store.keepOnly(Set.of(VM));
        assertThat(filesOf(VM)).as("it was there again in time").isPositive();
        NumberStore anew = NumberStore.in(folder);
        for (int look = 0; look < 12; look++) {
            anew.keepOnly(Set.of());
        }
        assertThat(filesOf(VM)).isZero();
    }

    private long filesOf(UUID vm) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(vm.toString()))
                    .count();
        }
    }

    @Test
    void whatNobodyMeasuredIsEmptyAndMakesNothing() throws IOException {
        assertThat(read(0, 3_600, null, 3_600).series()).isEmpty();
        assertThat(filesOf(VM)).isZero();
    }

    @Test
    void takesWhatAnotherHostMeasuredAndKeepsItsOwn() {
        measure(0, 3_600);
        NumberStore there = store;
        there.keepUntil(START + 3_600);
        store = NumberStore.in(folder.resolve("here"));
        for (int second = 3_600; second < 3_900; second += 5) {
            store.note(VM, START + second, Map.of("cpuSeconds", -1.0, "memoryBytes", 7.0));
            store.keepUntil(START + second);
        }
        for (int times = 0; times < 2; times++) {
            new BroughtNumbers(VM, START + 3_895, read -> HostStatistics.read(there, read, START + 3_895, null), store)
                    .bring();
            assertThat(numbers(3_590, 3_605, 5, 3_895)).containsExactly(3_590, 3_595, -1, -1);
            assertThat(numbers(3_480, 3_660, 60, 3_895)).containsExactly(3_507.5f, 3_567.5f, -1, -1);
            assertThat(numbers(0, 2_700, 900, 3_895)).containsExactly(447.5f, 1_347.5f, 2_247.5f, 3_147.5f);
        }
        store = NumberStore.in(folder.resolve("here"));
        assertThat(numbers(3_480, 3_660, 60, 3_895)).as("after a restart").containsExactly(3_507.5f, 3_567.5f, -1, -1);
    }
}
