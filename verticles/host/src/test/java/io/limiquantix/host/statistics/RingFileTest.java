package io.limiquantix.host.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingFileTest {
    private static final int PLACES = 20;
    private static final long SEED = 7;

    private final Path file;

    RingFileTest(@TempDir Path folder) {
        this.file = folder.resolve("ring");
    }

    private RingFile opened() {
        return new RingFile(file, PLACES);
    }

    private static float expected(long step) {
        return step * 3f;
    }

    private void fill(long from, long until) throws IOException {
        RingFile ring = opened();
        for (long step = from; step < until; step++) {
            ring.write(step, Map.of("cpu", expected(step), "memory", 1f));
        }
    }

    @Test
    void holdsTheNewestStepsAndLeavesOutWhatWasNotWritten() throws IOException {
        fill(100, 130);
        opened().write(132, Map.of("cpu", 5f));
        Columns read = opened().read(108, 25);
        assertThat(read.series().get("cpu")).hasSize(25);
        assertThat(read.row(0)).isEmpty();
        assertThat(read.row(4)).as("overwritten by 132").isEmpty();
        assertThat(read.row(5)).containsEntry("cpu", expected(113)).containsEntry("memory", 1f);
        assertThat(read.row(21)).containsEntry("cpu", expected(129));
        assertThat(read.row(22)).isEmpty();
        assertThat(read.row(24)).isEqualTo(Map.of("cpu", 5f));
        assertThat(opened().newest()).isEqualTo(132);
    }

    @Test
    void aSeriesMoreKeepsWhatWasThere() throws IOException {
        fill(100, 110);
        opened().write(110, Map.of("cpu", 1f, "disk/vdb/readBytes", 2f));
        Columns read = opened().read(100, 11);
        assertThat(read.row(3)).isEqualTo(Map.of("cpu", expected(103), "memory", 1f));
        assertThat(read.row(10)).isEqualTo(Map.of("cpu", 1f, "disk/vdb/readBytes", 2f));
    }

    @Test
    void aSeriesThatHasLeftTheRingTakesNoRoomAfterTheNextChange() throws IOException {
        fill(100, 110);
        opened().write(200, Map.of("a", 1f));
        opened().write(201, Map.of("b", 1f));
        assertThat(opened().read(100, 120).series().keySet()).containsExactly("a", "b");
    }

    @Test
    void cutAtAnyByteItOpensAgainWithWhatIsWholeAndTakesMore() throws IOException {
        fill(100, 120);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertNothingIsWrong();
            opened().write(120, Map.of("cpu", expected(120), "memory", 1f));
            assertThat(opened().read(120, 1).row(0)).containsEntry("cpu", expected(120));
        }
    }

    @Test
    void bytesThatAreOtherOnesAreNoNumbers() throws IOException {
        fill(100, 120);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            byte[] broken = whole.clone();
            int from = random.nextInt(broken.length);
            int count = 1 + random.nextInt(40);
            for (int i = from; i < Math.min(broken.length, from + count); i++) {
                broken[i] = (byte) random.nextInt();
            }
            Files.write(file, broken);
            assertNothingIsWrong();
        }
    }

    /** What is read is what was written, or nothing. */
    private void assertNothingIsWrong() throws IOException {
        Columns read = opened().read(90, 40);
        for (int i = 0; i < read.count(); i++) {
            Map<String, Float> row = read.row(i);
            if (!row.isEmpty()) {
                assertThat(row).isEqualTo(Map.of("cpu", expected(90 + i), "memory", 1f));
            }
        }
    }
}
