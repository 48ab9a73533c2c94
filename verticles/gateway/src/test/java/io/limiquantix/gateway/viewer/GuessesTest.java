package io.limiquantix.gateway.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GuessesTest {
    private static final String GUESSER = "192.0.2.7";
    private static final String OTHER = "192.0.2.8";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Guesses guesses = new Guesses(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    });

    private void passes(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private void guess(String address, int times) {
        for (int i = 0; i < times; i++) {
            guesses.wrong(address);
        }
    }

    @Test
    void eachWrongTicketIsAnsweredLaterThanTheOneBefore() {
        Duration first = guesses.wrong(GUESSER);
        assertThat(guesses.wrong(GUESSER)).isGreaterThan(first);
        assertThat(guesses.wrong(OTHER)).isEqualTo(first);
    }

    @Test
    void anAddressIsLockedOutAndNoOther() {
        guess(GUESSER, Guesses.MOST_OF_ONE - 1);
        assertThat(guesses.locked(GUESSER)).isEmpty();
        guess(GUESSER, 1);
        assertThat(guesses.locked(GUESSER)).contains(Guesses.LOCKED);
        assertThat(guesses.locked(OTHER)).isEmpty();
        passes(Guesses.LOCKED);
        assertThat(guesses.locked(GUESSER)).isEmpty();
    }

    @Test
    void aRightTicketForgivesTheWrongOnes() {
        guess(GUESSER, Guesses.MOST_OF_ONE - 1);
        guesses.right(GUESSER);
        guess(GUESSER, Guesses.MOST_OF_ONE - 1);
        assertThat(guesses.locked(GUESSER)).isEmpty();
    }

    @Test
    void manyGuessersLockOutStrangersForAMinuteAndNobodyWhoIsKnown() {
        guesses.right(OTHER);
        for (int i = 0; i < Guesses.MOST_OF_ALL; i++) {
            guess("198.51." + i / 100 + "." + i % 100, 1);
        }
        assertThat(guesses.locked("203.0.113.5")).contains(Guesses.ALL_LOCKED);
        assertThat(guesses.locked(OTHER)).isEmpty();
        passes(Guesses.ALL_LOCKED);
        assertThat(guesses.locked("203.0.113.5")).isEmpty();
    }

    @Test
    void aNetworkOfIpv6IsOneGuesser() {
        for (int i = 0; i < Guesses.MOST_OF_ONE; i++) {
            guess("2001:db8:0:1::" + i, 1);
        }
        assertThat(guesses.locked("2001:db8:0:1:ffff::1")).isPresent();
        assertThat(guesses.locked("2001:db8:0:2::1")).isEmpty();
        assertThat(Guesses.network("::ffff:192.0.2.7")).isEqualTo(Guesses.network(GUESSER));
    }

    @Test
    void fewConnectionsWaitForEachAddressAndInAll() {
        Waiting waiting = new Waiting();
        for (int i = 0; i < Waiting.MOST_OF_ONE; i++) {
            assertThat(waiting.enter(GUESSER)).isTrue();
        }
        assertThat(waiting.enter(GUESSER)).isFalse();
        for (int i = Waiting.MOST_OF_ONE; i < Waiting.MOST; i++) {
            assertThat(waiting.enter("198.51.100." + i)).isTrue();
        }
        assertThat(waiting.enter(OTHER)).isFalse();
        waiting.leave(GUESSER);
        assertThat(waiting.enter(OTHER)).isTrue();
    }
}
