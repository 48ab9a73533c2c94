package io.limiquantix.compute.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.compute.VmEventView.Kind;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HappeningsTest {
    private static final Causes NOBODY = causes(false, false, null);

    private static Causes causes(boolean explains, boolean asked, @Nullable PowerState known) {
        return new Causes() {
            @Override
            public boolean explain(PowerState state) {
                return explains;
            }

            @Override
            public boolean askedBefore(PowerState state) {
                return asked;
            }

            @Override
            public Optional<PowerState> lastKnown() {
                return Optional.ofNullable(known);
            }
        };
    }

    private static Observed vm(Phase phase, PowerState state, String reason) {
        return new Observed(new UUID(0, 1), phase, state, reason, null, Mark.NONE);
    }

    private static Observed ready(PowerState state, String reason) {
        return vm(Phase.READY, state, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, booted, STOPPED, shutdown, STOPPED_INSIDE",
        "RUNNING, booted, STOPPED, destroyed, STOPPED_OUTSIDE",
        "RUNNING, booted, STOPPED, unknown, STOPPED_OUTSIDE",
        "STOPPING, booted, STOPPED, shutdown, STOPPED_INSIDE",
        "RUNNING, booted, CRASHED, crashed, CRASHED",
        "PAUSED, user, CRASHED, crashed, CRASHED",
        "RUNNING, booted, PAUSED, crashed, CRASHED",
        "STOPPED, shutdown, CRASHED, failed, START_FAILED",
        "RUNNING, booted, CRASHED, failed, CRASHED",
        "RUNNING, booted, PAUSED, I/O error, PAUSED_BY_IO_ERROR",
        "PAUSED, user, PAUSED, I/O error, PAUSED_BY_IO_ERROR",
        "RUNNING, booted, PAUSED, watchdog, PAUSED_BY_WATCHDOG",
        "RUNNING, booted, PAUSED, user, PAUSED",
        "PAUSED, user, RUNNING, unpaused, RESUMED",
        "STOPPED, shutdown, RUNNING, booted, STARTED",
        "CRASHED, crashed, RUNNING, booted, STARTED",
        "SUSPENDED, saved, RUNNING, restored, STARTED",
        "RUNNING, booted, SUSPENDED, saved, SUSPENDED",
        "SUSPENDED, saved, STOPPED, saved, STATE_DISCARDED"
    })
    void aChangeWithoutATaskIsTold(PowerState from, String why, PowerState to, String reason, Kind kind) {
        assertThat(Happenings.of(ready(from, why), ready(to, reason), NOBODY)).containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, booted, RUNNING, unpaused",
        "RUNNING, booted, STOPPING, booted",
        "STOPPING, booted, RUNNING, booted",
        "RUNNING, booted, PAUSED, taking snapshot",
        "PAUSED, taking snapshot, RUNNING, unpaused",
        "RUNNING, booted, PAUSED, migrating",
        "PAUSED, user, PAUSED, unknown",
        "CRASHED, crashed, STOPPED, unknown",
        "CRASHED, crashed, CRASHED, failed",
        "STOPPED, shutdown, STOPPED, destroyed",
        "RUNNING, booted, STOPPED, migrated"
    })
    void whatIsAPartOfSomethingOrNoDifferenceIsNotTold(PowerState from, String why, PowerState to, String reason) {
        assertThat(Happenings.of(ready(from, why), ready(to, reason), NOBODY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(PowerState.class)
    void onlyBreakdownsAreToldWhileATaskExplainsTheRest(PowerState to) {
        var told = Happenings.of(ready(PowerState.RUNNING, "booted"), ready(to, "any"), causes(true, true, null));
        switch (to) {
            case CRASHED -> assertThat(told).containsExactly(Kind.CRASHED);
            case UNKNOWN -> assertThat(told).containsExactly(Kind.BECAME_UNKNOWN);
            case RUNNING, PAUSED, STOPPING, STOPPED, SUSPENDED ->
                assertThat(told).isEmpty();
        }
    }

    @Test
    void aFailedStartIsToldByItsTask() {
        Observed off = ready(PowerState.STOPPED, "shutdown");
        assertThat(Happenings.of(off, ready(PowerState.CRASHED, "failed"), causes(true, false, null)))
                .isEmpty();
    }

    @Test
    void anEndThatWasAskedForIsNotTheGuestsOwn() {
        var told = Happenings.of(
                ready(PowerState.RUNNING, "booted"), ready(PowerState.STOPPED, "shutdown"), causes(false, true, null));
        assertThat(told).containsExactly(Kind.STOPPED_AS_ASKED);
    }

    @Test
    void aVmThatIsMadeOrDeletedIsItsTasksBusiness() {
        Observed making = vm(Phase.CREATING, PowerState.UNKNOWN, "");
        assertThat(Happenings.of(making, vm(Phase.CREATING, PowerState.RUNNING, "booted"), NOBODY))
                .isEmpty();
        Observed deleting = vm(Phase.DELETING, PowerState.RUNNING, "");
        assertThat(Happenings.of(deleting, vm(Phase.DELETING, PowerState.CRASHED, "crashed"), NOBODY))
                .isEmpty();
    }

    @Test
    void whatIsFoundAgainIsNoCrashWhenItHadCrashedBefore() {
        Observed unknown = ready(PowerState.UNKNOWN, "host-silent");
        Observed crashed = ready(PowerState.CRASHED, "crashed");
        assertThat(Happenings.of(unknown, crashed, causes(false, false, PowerState.RUNNING)))
                .containsExactly(Kind.FOUND_AGAIN, Kind.CRASHED);
        assertThat(Happenings.of(unknown, crashed, causes(false, false, PowerState.CRASHED)))
                .containsExactly(Kind.FOUND_AGAIN);
        assertThat(Happenings.of(unknown, crashed, NOBODY))
                .as("nobody was told that it was lost")
                .isEmpty();
    }

    @Test
    void aLostDomainIsToldOnce() {
        Observed lost = vm(Phase.LOST, PowerState.UNKNOWN, "undefined");
        assertThat(Happenings.of(ready(PowerState.RUNNING, "booted"), lost, NOBODY))
                .containsExactly(Kind.VANISHED);
        assertThat(Happenings.of(lost, lost, NOBODY)).isEmpty();
    }
}
