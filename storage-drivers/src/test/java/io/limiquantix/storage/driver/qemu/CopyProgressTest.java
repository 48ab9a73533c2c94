package io.limiquantix.storage.driver.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyProgressTest {
    private final List<Double> told = new ArrayList<>();
    private final CopyProgress progress = new CopyProgress(told::add);

    @Test
    void tellsEachNumberOnceHoweverTheOutputIsCut() {
        String output = "    (0.00/100%)\r    (12.34/100%)\r    (100.00/100%)\r    (100.00/100%)\n";
        output.chars().forEach(letter -> progress.accept(Character.toString(letter)));
        assertThat(told).containsExactly(0.0, 12.34, 100.0, 100.0);
    }

    @Test
    void findsSeveralInOnePieceAndTheHalfOneInTheNext() {
        progress.accept("    (1.00/100%)\r    (2.00/100%)\r    (3.0");
        progress.accept("0/100%)\r");
        assertThat(told).containsExactly(1.0, 2.0, 3.0);
    }
}
