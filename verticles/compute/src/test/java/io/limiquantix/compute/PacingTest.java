package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PacingTest {
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    @Test
    void whatBeginsAtOnceIsDueOncePerPause() {
        Pacing pacing = Pacing.atOnce(clock, PAUSE);
        assertThat(pacing.isDue()).isTrue();
        assertThat(pacing.isDue()).isFalse();
        pass(PAUSE);
        assertThat(pacing.isDue()).isTrue();
        assertThat(pacing.isDue()).isFalse();
    }

    @Test
    void whatBeginsLaterIsNotDueBeforeAPauseHasPassed() {
        Pacing pacing = Pacing.later(clock, PAUSE);
        assertThat(pacing.isDue()).isFalse();
        pass(PAUSE.minusMillis(1));
        assertThat(pacing.isDue()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(pacing.isDue()).isTrue();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }
}
