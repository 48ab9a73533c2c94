package io.limiquantix.compute.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconciliationTest {
    private static final UUID ID = new UUID(0, 1);
    private static final List<PowerState> STATES = List.of(PowerState.RUNNING, PowerState.PAUSED, PowerState.STOPPED);

    private static Observed vm(Phase phase, PowerState state, Mark seen) {
        return new Observed(ID, phase, state, "", null, seen);
    }

    private static DomainReport report(PowerState state, String reason, boolean defined, long sequence) {
        return new DomainReport(ID, "d", state, reason, defined, false, null, 0, sequence);
    }

    private static Optional<Observed> reported(Observed vm, DomainReport report, long process) {
        return Reconciliation.reported(
                vm,
                new DomainReport(
                        report.vmId(),
                        report.domainName(),
                        report.state(),
                        report.reason(),
                        report.defined(),
                        report.agentConnected(),
                        report.digest(),
                        process,
                        report.sequence()));
    }

    @ParameterizedTest
    @EnumSource(PowerState.class)
    void theReportedStateIsTaken(PowerState state) {
        var after = reported(vm(Phase.READY, PowerState.UNKNOWN, Mark.NONE), report(state, "user", true, 1), 5);
        assertThat(after).hasValueSatisfying(vm -> {
            assertThat(vm.powerState()).isEqualTo(state);
            assertThat(vm.stateReason()).isEqualTo("user");
            assertThat(vm.seen()).isEqualTo(new Mark(5, 1));
        });
    }

    @Test
    void anOlderOrEqualReportIsNotBelieved() {
        Observed vm = vm(Phase.READY, PowerState.RUNNING, new Mark(5, 10));
        assertThat(reported(vm, report(PowerState.STOPPED, "", true, 10), 5)).isEmpty();
        assertThat(reported(vm, report(PowerState.STOPPED, "", true, 99), 4)).isEmpty();
        assertThat(reported(vm, report(PowerState.STOPPED, "", true, 1), 6)).isPresent();
    }

    @Test
    void anUndefinedDomainIsLostAndNeverRemade() {
        var after =
                reported(vm(Phase.READY, PowerState.RUNNING, Mark.NONE), report(PowerState.UNKNOWN, "", false, 1), 1);
        assertThat(after).hasValueSatisfying(vm -> {
            assertThat(vm.phase()).isEqualTo(Phase.LOST);
            assertThat(vm.powerState()).isEqualTo(PowerState.UNKNOWN);
            assertThat(vm.problem()).isEqualTo(Reconciliation.LOST);
        });
        var back = reported(after.orElseThrow(), report(PowerState.STOPPED, "", true, 2), 1);
        assertThat(back).hasValueSatisfying(vm -> {
            assertThat(vm.phase()).isEqualTo(Phase.READY);
            assertThat(vm.problem()).isNull();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"CREATING", "DELETING"})
    void whatATaskIsMakingOrRemovingIsNotLost(Phase phase) {
        Observed vm = vm(phase, PowerState.STOPPED, Mark.NONE);
        assertThat(Reconciliation.gone(vm, new Mark(1, 1)).phase()).isEqualTo(phase);
        assertThat(Reconciliation.isMissed(vm)).isFalse();
        assertThat(Reconciliation.unknown(vm, "r", "p")).isEqualTo(vm);
    }

    @Test
    void anUnknownVmBelievesWhateverComesNext() {
        Observed unknown = Reconciliation.unknown(vm(Phase.READY, PowerState.RUNNING, new Mark(9, 9)), "r", "p");
        assertThat(unknown.powerState()).isEqualTo(PowerState.UNKNOWN);
        assertThat(unknown.problem()).isEqualTo("p");
        assertThat(reported(unknown, report(PowerState.RUNNING, "", true, 1), 1))
                .isPresent();
    }

    @Test
    void aStoppedDomainThatCrashedIsCrashed() {
        var after = reported(
                vm(Phase.READY, PowerState.RUNNING, Mark.NONE), report(PowerState.STOPPED, "crashed", true, 1), 1);
        assertThat(after).hasValueSatisfying(vm -> {
            assertThat(vm.powerState()).isEqualTo(PowerState.CRASHED);
            assertThat(vm.problem()).contains("(crashed)");
        });
    }

    /** Whatever the order of arrival, the newest report decides. */
    @Test
    void theOrderOfArrivalDoesNotMatter() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            Observed vm = vm(Phase.READY, PowerState.UNKNOWN, Mark.NONE);
            Mark newest = Mark.NONE;
            PowerState last = PowerState.UNKNOWN;
            for (int i = 0; i < 10; i++) {
                Mark mark = new Mark(1 + random.nextInt(3), 1 + random.nextInt(20));
                PowerState state = STATES.get(random.nextInt(STATES.size()));
                if (mark.isAfter(newest)) {
                    newest = mark;
                    last = state;
                }
                Observed before = vm;
                vm = reported(vm, report(state, "", true, mark.sequence()), mark.process())
                        .orElse(before);
            }
            assertThat(vm.powerState()).isEqualTo(last);
            assertThat(vm.seen()).isEqualTo(newest);
        }
    }
}
