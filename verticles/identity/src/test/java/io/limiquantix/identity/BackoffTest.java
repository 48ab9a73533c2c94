package io.limiquantix.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Backoff backoff = new Backoff(3, Duration.ofMinutes(5));

    @Test
    void theFirstFailuresAreFree() {
        for (int failures = 0; failures < 3; failures++) {
            assertThat(backoff.wait(failures, NOW, NOW)).isZero();
        }
    }

    @Test
    void theWaitDoublesUpToItsLimitAndNeverOverflows() {
        assertThat(backoff.wait(3, NOW, NOW)).hasSeconds(1);
        assertThat(backoff.wait(4, NOW, NOW)).hasSeconds(2);
        assertThat(backoff.wait(10, NOW, NOW)).hasSeconds(128);
        assertThat(backoff.wait(12, NOW, NOW)).hasMinutes(5);
        assertThat(backoff.wait(Integer.MAX_VALUE, NOW, NOW)).hasMinutes(5);
    }

    @Test
    void timePasses() {
        assertThat(backoff.wait(5, NOW.minusSeconds(3), NOW)).hasSeconds(1);
        assertThat(backoff.wait(5, NOW.minusSeconds(4), NOW)).isZero();
    }

    @Test
    void aQuietHourForgivesEverything() {
        assertThat(backoff.wait(1000, NOW.minus(Duration.ofMinutes(61)), NOW)).isZero();
        assertThat(backoff.remembered(1000, NOW.minus(Duration.ofMinutes(61)), NOW))
                .isZero();
        assertThat(backoff.remembered(1000, NOW.minus(Duration.ofMinutes(59)), NOW))
                .isEqualTo(1000);
    }
}
