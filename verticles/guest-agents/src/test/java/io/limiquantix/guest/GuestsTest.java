package io.limiquantix.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.bus.host.PowerState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuestsTest {
    private static final UUID HOST = new UUID(0, 1);
    private static final UUID VM = new UUID(0, 2);
    private static final Guests.Guest GUEST = new Guests.Guest(VM, HOST);

    private final Guests guests = new Guests();
    private Instant now = Instant.EPOCH;

    private void heard(PowerState state, boolean connected) {
        guests.hear(HOST, new DomainReport(VM, "d", state, "", true, connected, null, 1, 1), now);
    }

    private boolean answered(boolean byAgent) {
        return guests.answered(new GuestReport(VM, byAgent, null, null, null, List.of()), now);
    }

    private HostReport everything(@Nullable String problem) {
        return new HostReport(HOST, "h", "1", 1, 1, null, problem, 0, 0, List.of(), List.of(), List.of(), null);
    }

    @Test
    void aRunningGuestIsAskedEveryTenSecondsUntilItAnswersAndThenEveryThirty() {
        heard(PowerState.RUNNING, false);
        assertThat(guests.take(now, 9)).containsExactly(GUEST);
        assertThat(answered(false)).isTrue();
        now = now.plusSeconds(9);
        assertThat(guests.take(now, 9)).isEmpty();
        now = now.plusSeconds(1);
        assertThat(guests.take(now, 9)).containsExactly(GUEST);
        assertThat(answered(true)).isTrue();
        now = now.plusSeconds(29);
        assertThat(guests.take(now, 9)).isEmpty();
        now = now.plusSeconds(1);
        assertThat(guests.take(now, 9)).containsExactly(GUEST);
    }

    @Test
    void aGuestWhoseAgentAppearsIsAskedAtOnce() {
        heard(PowerState.RUNNING, false);
        assertThat(guests.take(now, 9)).hasSize(1);
        assertThat(answered(false)).isTrue();
        heard(PowerState.RUNNING, true);
        assertThat(guests.take(now, 9)).containsExactly(GUEST);
        assertThat(answered(true)).isTrue();
        heard(PowerState.RUNNING, true);
        assertThat(guests.take(now, 9)).isEmpty();
    }

    @Test
    void aGuestIsAskedOneQuestionAtATimeAndOnlySoManyAtOnce() {
        heard(PowerState.RUNNING, true);
        UUID second = new UUID(0, 3);
        guests.hear(HOST, new DomainReport(second, "d", PowerState.RUNNING, "", true, true, null, 1, 1), now);
        assertThat(guests.take(now, 1)).hasSize(1);
        assertThat(guests.take(now, 9)).hasSize(1);
        assertThat(guests.take(now, 9)).isEmpty();
        guests.unanswered(VM, now);
        now = now.plusSeconds(10);
        assertThat(guests.take(now, 9)).containsExactly(GUEST);
    }

    @Test
    void onlyWhatIsNewIsToldUntilItIsOld() {
        heard(PowerState.RUNNING, true);
        assertThat(answered(true)).isTrue();
        assertThat(answered(true)).isFalse();
        assertThat(answered(false)).isTrue();
        now = now.plus(Guests.TOLD_AGAIN).plusSeconds(1);
        assertThat(answered(false)).isTrue();
    }

    @Test
    void aGuestThatStopsIsForgotten() {
        heard(PowerState.RUNNING, true);
        assertThat(answered(true)).isTrue();
        heard(PowerState.STOPPED, false);
        assertThat(guests.take(now.plusSeconds(99), 9)).isEmpty();
        heard(PowerState.RUNNING, true);
        assertThat(answered(true)).isTrue();
        guests.hear(everything("libvirtd is away"), now);
        assertThat(guests.take(now.plusSeconds(99), 9)).containsExactly(GUEST);
        guests.hear(everything(null), now);
        guests.unanswered(VM, now);
        assertThat(guests.take(now.plusSeconds(999), 9)).isEmpty();
    }
}
