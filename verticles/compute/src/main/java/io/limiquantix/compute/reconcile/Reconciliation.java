package io.limiquantix.compute.reconcile;

import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what a report means for a VM. Nothing is ever recreated or stopped here: what is, is written down. */
public final class Reconciliation {
    static final String LOST = "The domain is gone from its host though nobody asked LimiQuantix for that."
            + " Define it again on the host, or delete the VM.";
    static final String CRASHED = "The VM ended unexpectedly (%s). Its disks are kept: start it again.";
    private static final Set<String> CRASH_REASONS = Set.of("crashed", "failed", "panicked");

    private Reconciliation() {}

    /** The VM after its host reported it; empty when the report is older than one that was believed. */
    public static Optional<Observed> reported(Observed vm, DomainReport report) {
        Mark mark = new Mark(report.processStart(), report.sequence());
        if (!mark.isAfter(vm.seen())) {
            return Optional.empty();
        }
        if (!report.defined()) {
            return Optional.of(gone(vm, mark));
        }
        PowerState state = stateOf(report);
        Phase phase = vm.phase() == Phase.LOST ? Phase.READY : vm.phase();
        return Optional.of(new Observed(
                vm.vmId(), phase, state, report.reason(), problem(vm, report, state), report.pending(), mark));
    }

    /** The VM after a full report of its host did not list it, and the host confirmed that it has no such domain. */
    public static Observed gone(Observed vm, Mark mark) {
        return switch (vm.phase()) {
            // Its task says how it goes on with it.
            case CREATING, DELETING ->
                new Observed(
                        vm.vmId(), vm.phase(), vm.powerState(), vm.stateReason(), vm.problem(), vm.pending(), mark);
            case READY, LOST -> new Observed(vm.vmId(), Phase.LOST, PowerState.UNKNOWN, "undefined", LOST, mark);
        };
    }

    /** The VM while nobody can say how it is: it may well be running. Whatever its host says next is believed. */
    public static Observed unknown(Observed vm, String reason, String problem) {
        return switch (vm.phase()) {
            case READY ->
                new Observed(vm.vmId(), vm.phase(), PowerState.UNKNOWN, reason, problem, vm.pending(), Mark.NONE);
            case CREATING, DELETING, LOST -> vm;
        };
    }

    /** Whether the absence of the VM from a full report calls for a question. */
    public static boolean isMissed(Observed vm) {
        return vm.phase() == Phase.READY;
    }

    private static @Nullable String problem(Observed vm, DomainReport report, PowerState state) {
        return switch (vm.phase()) {
            case CREATING, DELETING -> vm.problem();
            case READY, LOST -> state == PowerState.CRASHED ? CRASHED.formatted(report.reason()) : null;
        };
    }

    private static PowerState stateOf(DomainReport report) {
        boolean crashed = report.state() == PowerState.STOPPED && CRASH_REASONS.contains(report.reason());
        return crashed ? PowerState.CRASHED : report.state();
    }
}
